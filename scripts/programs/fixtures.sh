# shellcheck shell=bash
# What the servers serve: a document root, CGI programs, a certificate.

# make_fixtures: needs WORK and BIG_SIZE; sets the variables below.
make_fixtures() {
    DOCS=$WORK/docs CGI=$WORK/cgi CERT=$WORK/cert.pem KEY=$WORK/key.pem
    BIG=$DOCS/big SMALL=$DOCS/hello.txt PICTURE=$DOCS/dot.png
    TYPES=$WORK/mime.types ECHO_LUA=$WORK/echo.lua
    mkdir "$WORK/log" "$DOCS" "$DOCS/parts" "$CGI"
    make_documents
    make_handlers
    make_certificate
}

make_documents() {
    local i
    echo 'kept outside the document root' >"$WORK/secret.txt"
    echo 'hello' >"$SMALL"
    cat >"$DOCS/index.html" <<'END'
<!DOCTYPE html>
<html><head><title>Assets</title>
<link rel="stylesheet" href="/style.css"><script src="/app.js"></script></head>
<body><img src="/dot.png" alt="dot"></body></html>
END
    echo 'body { color: teal }' >"$DOCS/style.css"
    echo 'console.log("loaded");' >"$DOCS/app.js"
    head -c 20000 /dev/urandom >"$PICTURE"
    head -c "$BIG_SIZE" /dev/urandom >"$BIG"
    # Sizes around frame and window limits, every file different.
    for ((i = 1; i <= PARTS; i++)); do
        head -c $((i * i * 97)) /dev/urandom >"$DOCS/parts/$i"
    done
    # The same documents below the paths that nghttpx hands to its other backends.
    ln -s . "$DOCS/h1"
    ln -s . "$DOCS/tls"
    printf '%s\n' 'text/html html' 'text/plain txt' 'text/css css' 'text/javascript js' \
        'image/png png' >"$TYPES"
}

# Apache echoes with Lua inside the server, which is quick. The CGI programs: form returns a
# (small) body and what it knows of it, digest its checksum, slow answers in three pieces.
make_handlers() {
    cat >"$ECHO_LUA" <<'END'
function handle(r)
    r.content_type = "application/octet-stream"
    r:write(r:requestbody())
    return apache2.OK
end
END
    cat >"$CGI/form" <<'END'
#!/bin/sh
printf 'Content-Type: application/octet-stream\r\n'
printf 'X-Length: %s\r\nX-Method: %s\r\n\r\n' "$CONTENT_LENGTH" "$REQUEST_METHOD"
exec cat
END
    cat >"$CGI/digest" <<'END'
#!/bin/sh
printf 'Content-Type: text/plain\r\n\r\n'
exec sha256sum
END
    cat >"$CGI/slow" <<'END'
#!/bin/sh
printf 'Content-Type: text/plain\r\n\r\n'
for word in one two three; do
    echo "$word"
    sleep 0.2
done
END
    chmod 755 "$CGI"/*
}

make_certificate() {
    openssl req -x509 -newkey rsa:2048 -nodes -days 2 -subj /CN=localhost \
        -addext subjectAltName=DNS:localhost,IP:127.0.0.1 \
        -keyout "$KEY" -out "$CERT" 2>"$WORK/openssl.log" || die "$(cat "$WORK/openssl.log")"
}
