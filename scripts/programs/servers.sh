# shellcheck shell=bash disable=SC2034  # URL and the like are read by the cases.
# Starting the servers, each on free ports of 127.0.0.1, configured by nothing but this file.

MODULES=/usr/lib/apache2/modules

# start_nghttpd h2c|tls SIDE OPTION...: sets URL and LOG.
start_nghttpd() {
    local transport=$1 side=$2 name scheme=http
    shift 2
    choose_port
    name=nghttpd.$PORT
    LOG=$WORK/log/$name
    local arguments=(--address=127.0.0.1 --htdocs="$DOCS" --mime-types-file="$TYPES" "$@")
    if [[ $transport == h2c ]]; then
        arguments+=(--no-tls "$PORT")
    else
        scheme=https
        arguments+=("$PORT" "$KEY" "$CERT")
    fi
    URL=$scheme://127.0.0.1:$PORT
    start "$name" "$side" "$PORT" nghttpd "${arguments[@]}"
}

# start_nghttpx SIDE OPTION...: sets PROXY_H2C, PROXY_TLS and PROXY_LOG (the access log).
start_nghttpx() {
    local side=$1 plain
    shift
    choose_port
    plain=$PORT
    choose_port
    PROXY_H2C=http://127.0.0.1:$plain
    PROXY_TLS=https://127.0.0.1:$PORT
    PROXY_LOG=$WORK/log/access.$PORT
    of nghttpx start "nghttpx.$PORT" "$side" "$PORT" "${ROOT[nghttpx]}/usr/sbin/nghttpx" \
        --conf=/dev/null --no-ocsp --insecure --errorlog-file=/dev/stderr \
        --accesslog-file="$PROXY_LOG" \
        --frontend="127.0.0.1,$plain;no-tls" --frontend="127.0.0.1,$PORT" \
        "$@" "$KEY" "$CERT"
}

# start_apache SIDE [DIRECTIVE...]: sets APACHE_H2C, APACHE_TLS and APACHE_ROOT. A path ending in
# /echo returns the body of the request; the access log shows the request trailer x-end.
start_apache() {
    local side=$1 plain
    shift
    choose_port
    plain=$PORT
    choose_port
    APACHE_H2C=http://127.0.0.1:$plain
    APACHE_TLS=https://127.0.0.1:$PORT
    APACHE_ROOT=$WORK/apache.$PORT
    mkdir "$APACHE_ROOT"
    {
        apache_configuration "$plain" "$PORT"
        [[ $# == 0 ]] || printf '%s\n' "$@"
    } >"$APACHE_ROOT/httpd.conf"
    start "apache.$PORT" "$side" "$PORT" apache2 -f "$APACHE_ROOT/httpd.conf" -DFOREGROUND
}

# apache_configuration PLAIN_PORT TLS_PORT
apache_configuration() {
    local module
    for module in mpm_event authz_core http2 ssl socache_shmcb cgi mime dir alias env lua \
        proxy proxy_http2; do
        echo "LoadModule ${module}_module $MODULES/mod_$module.so"
    done
    if [[ $EUID == 0 ]]; then
        printf '%s\n' 'User www-data' 'Group www-data'
    fi
    # mod_cgi, because mod_cgid loses a program now and then on a busy machine ("End of script
    # output before headers"). Enough workers and endless keep-alive, because the load comes in
    # bursts, and a connection closed between two requests would look like a failure of the library.
    cat <<END
ServerRoot "$APACHE_ROOT"
ServerName 127.0.0.1
DefaultRuntimeDir "$APACHE_ROOT"
PidFile httpd.pid
Mutex file:$APACHE_ROOT default
ErrorLog error.log
LogLevel warn
LogFormat "%r %>s %{x-end}^ti" trailers
CustomLog access.log trailers
TypesConfig "$TYPES"
Listen 127.0.0.1:$1
Listen 127.0.0.1:$2
Protocols h2 h2c http/1.1
StartServers 1
ServerLimit 1
ThreadsPerChild 200
ThreadLimit 200
MaxRequestWorkers 200
MinSpareThreads 1
MaxSpareThreads 200
MaxKeepAliveRequests 0
KeepAliveTimeout 60
DocumentRoot "$DOCS"
ScriptAlias "/cgi/" "$CGI/"
<Directory "$DOCS">
    Require all granted
</Directory>
<Directory "$CGI">
    Require all granted
</Directory>
LuaMapHandler "/echo$" "$ECHO_LUA"
<VirtualHost 127.0.0.1:$2>
    SSLEngine on
    SSLCertificateFile "$CERT"
    SSLCertificateKeyFile "$KEY"
</VirtualHost>
END
}
