# shellcheck shell=bash disable=SC2034  # The addresses are read by the cases.
# DNS over HTTPS: the programs, the zone, and starting the servers.

provide_dns() {
    local missing=0
    provide 'kdig can be had' installed kdig:knot-dnsutils || missing=1
    provide 'dnsperf can be had' installed dnsperf:dnsperf || missing=1
    provide 'named can be had' unpack named usr/sbin/named bind9 bind9-libs libuv1 libfstrm0 \
        liblmdb0 libmaxminddb0 libprotobuf-c1 libjemalloc2 libjson-c5 libxml2 libicu72 || missing=1
    provide 'unbound can be had' unpack unbound usr/sbin/unbound unbound libevent-2.1-7 \
        libprotobuf-c1 libpython3.11 || missing=1
    provide 'dnsdist can be had' unpack dnsdist usr/bin/dnsdist dnsdist libcdb1 libedit2 \
        libfstrm0 libh2o-evloop0.13 libwslay1 liblmdb0 libluajit-5.1-2 libre2-9 libsnmp40 \
        libsodium23 libpci3 libwrap0 libperl5.36 libnsl2 libtirpc3 || missing=1
    make_zone
    return "$missing"
}

# make_zone: ZONE, the same for all servers. The TXT record of big fills several DATA frames.
make_zone() {
    local i
    ZONE=$WORK/example.test.zone
    {
        echo 'example.test. 3600 IN SOA ns.example.test. hostmaster.example.test. 1 2 3 4 5'
        echo 'example.test. 3600 IN NS ns.example.test.'
        echo 'ns.example.test. 3600 IN A 127.0.0.1'
        echo 'www.example.test. 60 IN A 127.0.0.1'
        echo 'www.example.test. 60 IN AAAA ::1'
        echo 'example.test. 300 IN MX 10 www.example.test.'
        for ((i = 1; i <= PARTS; i++)); do
            echo "host$i.example.test. $i IN A 192.0.2.$i"
        done
        printf 'big.example.test. 77 IN TXT'
        for ((i = 0; i < 200; i++)); do
            printf ' "%0240d"' "$i"
        done
        echo
    } >"$ZONE"
}

# start_named SIDE: sets NAMED (over TLS) and NAMED_H2C.
start_named() {
    local side=$1 plain dns directory
    choose_port
    dns=$PORT
    choose_port
    plain=$PORT
    choose_port
    NAMED=https://127.0.0.1:$PORT/dns-query
    NAMED_H2C=http://127.0.0.1:$plain/dns-query
    directory=$WORK/named.$PORT
    mkdir "$directory"
    cat >"$directory/named.conf" <<END
tls local { cert-file "$CERT"; key-file "$KEY"; };
http local { endpoints { "/dns-query"; }; };
controls { };
options {
    directory "$directory";
    pid-file none;
    lock-file none;
    session-keyfile "$directory/session.key";
    listen-on port $dns { 127.0.0.1; };
    listen-on port $plain tls none http local { 127.0.0.1; };
    listen-on port $PORT tls local http local { 127.0.0.1; };
    listen-on-v6 { none; };
    recursion no;
    dnssec-validation no;
    empty-zones-enable no;
};
zone "example.test" { type primary; file "$ZONE"; };
END
    of named start "named.$PORT" "$side" "$PORT" "${ROOT[named]}/usr/sbin/named" -g -n 2 \
        -c "$directory/named.conf"
}

# start_unbound tls|h2c SIDE: sets UNBOUND.
start_unbound() {
    local plain=no scheme=https directory
    choose_port
    if [[ $1 == h2c ]]; then
        plain=yes scheme=http
    fi
    UNBOUND=$scheme://127.0.0.1:$PORT/dns-query
    directory=$WORK/unbound.$PORT
    mkdir "$directory"
    {
        cat <<END
server:
    directory: "$directory"
    chroot: ""
    username: ""
    pidfile: ""
    use-syslog: no
    do-daemonize: no
    num-threads: 2
    interface: 127.0.0.1@$PORT
    https-port: $PORT
    http-notls-downstream: $plain
    tls-service-key: "$KEY"
    tls-service-pem: "$CERT"
    local-zone: "example.test." static
END
        sed "s/.*/    local-data: '&'/" "$ZONE"
        printf '%s\n' 'remote-control:' '    control-enable: no'
    } >"$directory/unbound.conf"
    of unbound start "unbound.$PORT" "$2" "$PORT" "${ROOT[unbound]}/usr/sbin/unbound" -d -p \
        -c "$directory/unbound.conf"
}

# start_dnsdist SIDE URL: plain DNS on port DNSDIST, DNS over HTTPS towards the server at URL.
start_dnsdist() {
    local backend=${2#*127.0.0.1:}
    choose_port
    DNSDIST=$PORT
    cat >"$WORK/dnsdist.$PORT.conf" <<END
setLocal("127.0.0.1:$PORT")
newServer({
    address = "127.0.0.1:${backend%%/*}", tls = "openssl", caStore = "$CERT",
    subjectName = "localhost", dohPath = "/dns-query", checkName = "www.example.test."
})
END
    of dnsdist start "dnsdist.$PORT" "$1" "$PORT" "${ROOT[dnsdist]}/usr/bin/dnsdist" \
        --supervised --disable-syslog -C "$WORK/dnsdist.$PORT.conf"
}
