# SPDX-License-Identifier: BSL-1.0
"""A small internet in a separate network namespace: DNS (NSD, Unbound), policy hosts (nginx), MX hosts (Postfix).

Every process runs in the PID namespace of the test and ends with it, whatever happens.
"""
import contextlib
import os
import pathlib
import re
import shutil
import signal
import socket
import subprocess
import sys
import tempfile
import time

SKIPPED = 77
NAME_SERVER, RESOLVER, SILENT = "10.99.0.2", "10.99.0.3", "10.99.0.4"
POLICY_HOST = "10.99.0.10"
#: Policy hosts with a fault in the certificate, and one that is hostile.
BAD_HOSTS = {"othername": "10.99.0.11", "expired": "10.99.0.12", "selfsigned": "10.99.0.13", "cnonly": "10.99.0.14"}
HOSTILE_HOST = "10.99.0.15"
#: MX hosts by what is wrong with them.
MX_HOSTS = {"good": "10.99.1.1", "othername": "10.99.1.2", "expired": "10.99.1.3", "selfsigned": "10.99.1.4",
            "stripped": "10.99.1.5"}
PROGRAMS = ["unshare", "ip", "openssl", "nsd", "unbound", "nginx", "postfix", "postconf", "ldns-signzone", "ldns-keygen"]


def enter_namespaces():
    """Restarts the test in separate namespaces; says why if that is impossible."""
    if os.environ.get("MTASTS_LAB") == "inside":
        subprocess.run(["ip", "link", "set", "lo", "up"], check=True)
        return
    path = os.environ.get("PATH", "") + ":/usr/sbin:/sbin"
    missing = [program for program in PROGRAMS if shutil.which(program, path=path) is None]
    command = ["unshare", "--net", "--mount", "--pid", "--fork", "--kill-child", "--mount-proc"]
    why = None
    if missing:
        why = "not installed: " + ", ".join(missing)
    elif os.geteuid() != 0:
        why = "only root can create network namespaces"
    elif subprocess.run([*command, "true"], capture_output=True).returncode != 0:
        why = "namespaces cannot be created here"
    if why:
        print("SKIPPED:", why)
        sys.exit(SKIPPED)
    environment = {**os.environ, "PATH": path, "MTASTS_LAB": "inside"}
    os.execvpe("unshare", [*command, sys.executable, *sys.argv], environment)


def wait_for(what, seconds, condition):
    """The condition's value, as soon as it is true."""
    end = time.monotonic() + seconds
    while time.monotonic() < end:
        value = condition()
        if value:
            return value
        time.sleep(0.02)
    raise AssertionError("waited in vain: " + what)


def listens(address, port):
    with socket.socket() as probe:
        probe.settimeout(0.5)
        return probe.connect_ex((address, port)) == 0


class Lab:
    def __init__(self):
        self.root = pathlib.Path(tempfile.mkdtemp(prefix="mtasts-e2e."))
        self.root.chmod(0o755)
        self.records = []
        self.keys = {}
        self.processes = []
        for address in [NAME_SERVER, RESOLVER, SILENT, POLICY_HOST, HOSTILE_HOST, *BAD_HOSTS.values(),
                        *MX_HOSTS.values()]:
            subprocess.run(["ip", "address", "add", address + "/32", "dev", "lo"], check=True)

    def close(self):
        for process in reversed(self.processes):
            process.kill()
            process.wait()
        shutil.rmtree(self.root, ignore_errors=True)

    def write(self, name, text):
        path = self.root / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text)
        return path

    def start(self, name, *command, **options):
        log = open(self.root / (name + ".out"), "ab")
        process = subprocess.Popen([str(part) for part in command], stdin=subprocess.DEVNULL, stdout=log, stderr=log,
                                   **options)
        self.processes.append(process)
        return process

    # --- Certificates -------------------------------------------------------------------------------------------------

    def openssl(self, *arguments):
        subprocess.run(["openssl", *map(str, arguments)], cwd=self.root, check=True, capture_output=True)

    def make_authority(self):
        self.write("ca/index.txt", "")
        self.write("ca/serial", "1000\n")
        self.write("ca/ca.cnf", f"""
[ca]
default_ca = lab
[lab]
dir = {self.root}/ca
database = $dir/index.txt
serial = $dir/serial
new_certs_dir = $dir
certificate = $dir/ca.pem
private_key = $dir/ca.key
default_md = sha256
policy = anything
unique_subject = no
copy_extensions = copy
[anything]
commonName = supplied
""")
        self.openssl("req", "-x509", "-newkey", "ec", "-pkeyopt", "ec_paramgen_curve:P-256", "-nodes", "-days", "30",
                     "-subj", "/CN=Lab CA", "-keyout", "ca/ca.key", "-out", "ca/ca.pem")

    def certificate(self, name, names, common_name="lab", expired=False, self_signed=False):
        """Makes certs/<name>.pem, with its key in the same file."""
        (self.root / "certs").mkdir(exist_ok=True)
        key, pem, request = f"certs/{name}.key", f"certs/{name}.crt", f"certs/{name}.csr"
        alternatives = ["-addext", "subjectAltName=" + ",".join("DNS:" + each for each in names)] if names else []
        new = ["req", "-new", "-newkey", "ec", "-pkeyopt", "ec_paramgen_curve:P-256", "-nodes", "-subj",
               "/CN=" + common_name, "-keyout", key, *alternatives]
        if self_signed:
            self.openssl(*new, "-x509", "-days", "30", "-out", pem)
        else:
            self.openssl(*new, "-out", request)
            dates = ["20200101000000Z", "20200201000000Z"] if expired else ["20200101000000Z", "20490101000000Z"]
            self.openssl("ca", "-batch", "-notext", "-config", "ca/ca.cnf", "-in", request, "-out", pem,
                         "-startdate", dates[0], "-enddate", dates[1])
        (self.root / f"certs/{name}.pem").write_text((self.root / key).read_text() + (self.root / pem).read_text())

    # --- DNS ----------------------------------------------------------------------------------------------------------

    ZONE_HEAD = "$ORIGIN {0}\n$TTL 1\n@ SOA ns.{0} admin.{0} {1} 3600 600 86400 1\n@ NS ns.{0}\nns.{0} A " + NAME_SERVER + "\n"

    def write_zone(self, zone="example.", records=None):
        text = self.ZONE_HEAD.format(zone, int(time.time() * 10) % 4294967295)
        self.write("zones/" + zone + "zone", text + "\n".join(self.records if records is None else records) + "\n")

    def sign_zone(self, zone, records):
        """Signs a zone, always with the same key; returns the file with its trust anchor."""
        self.write_zone(zone, records)
        run = dict(cwd=self.root / "zones", check=True, capture_output=True, text=True)
        if zone not in self.keys:
            made = subprocess.run(["ldns-keygen", "-a", "ECDSAP256SHA256", "-k", zone.rstrip(".")], **run)
            self.keys[zone] = made.stdout.strip()
        subprocess.run(["ldns-signzone", "-n", "-f", zone + "signed", zone + "zone", self.keys[zone]], **run)
        return self.root / "zones" / (self.keys[zone] + ".key")

    def start_dns(self, zones, anchor):
        zone_text = "".join(f'zone:\n  name: "{name}"\n  zonefile: "{file}"\n' for name, file in zones.items())
        nsd = self.write("nsd.conf", f"""
server:
  ip-address: {NAME_SERVER}
  username: ""
  chroot: ""
  zonesdir: "{self.root}/zones"
  pidfile: "{self.root}/nsd.pid"
  database: ""
  xfrdfile: "{self.root}/xfrd.state"
  zonelistfile: "{self.root}/zone.list"
  xfrdir: "{self.root}"
  server-count: 1
  # By default a client that asks 200 times a second gets no answer to some of its queries.
  rrl-ratelimit: 0
remote-control:
  control-enable: no
{zone_text}""")
        stubs = "".join(f'stub-zone:\n  name: "{name}"\n  stub-addr: {NAME_SERVER}\n' for name in zones)
        unbound = self.write("unbound.conf", f"""
server:
  interface: {RESOLVER}
  access-control: 10.0.0.0/8 allow
  access-control: 127.0.0.0/8 allow
  username: ""
  chroot: ""
  directory: "{self.root}"
  pidfile: ""
  use-syslog: no
  do-ip6: no
  num-threads: 1
  cache-max-ttl: 1
  cache-max-negative-ttl: 1
  infra-host-ttl: 1
  do-not-query-localhost: no
  local-zone: "example." nodefault
  trust-anchor-file: "{anchor}"
remote-control:
  control-enable: no
{stubs}
stub-zone:
  name: "silent.example."
  stub-addr: {SILENT}
stub-zone:
  name: "servfail.example."
  stub-addr: 127.0.0.1@1
stub-zone:
  name: "_tcp.mx0.lost.signed."
  stub-addr: 127.0.0.1@1
""")
        self.silent = socket.socket(socket.AF_INET, socket.SOCK_DGRAM)
        self.silent.bind((SILENT, 53))
        self.nsd = self.start("nsd", "nsd", "-d", "-c", nsd)
        self.start("unbound", "unbound", "-d", "-c", unbound)
        resolv = self.write("resolv.conf", f"nameserver {RESOLVER}\noptions trust-ad timeout:3 attempts:1\n")
        subprocess.run(["mount", "--bind", resolv, "/etc/resolv.conf"], check=True)
        wait_for("NSD", 10, lambda: listens(NAME_SERVER, 53))
        wait_for("Unbound", 10, lambda: listens(RESOLVER, 53))

    def change_dns(self, remove=r"(?!)", add=()):
        """Replaces records of the zone "example."; returns when caches have forgotten the old ones."""
        self.records = [record for record in self.records if not re.search(remove, record)] + list(add)
        self.write_zone()
        self.nsd.send_signal(signal.SIGHUP)
        time.sleep(2.2)

    # --- Policy hosts -------------------------------------------------------------------------------------------------

    def publish(self, domain, mode, *patterns, max_age=86400, text=None):
        lines = ["version: STSv1", "mode: " + mode, *("mx: " + each for each in patterns), f"max_age: {max_age}"]
        self.write(f"www/mta-sts.{domain}/.well-known/mta-sts.txt", "\r\n".join(lines) + "\r\n" if text is None else text)

    def start_nginx(self, special=""):
        def server(address, certificate, rest="", name="_"):
            return f"""server {{
    listen {address}:443 ssl;
    server_name {name};
    ssl_certificate {self.root}/certs/{certificate}.pem;
    ssl_certificate_key {self.root}/certs/{certificate}.pem;
    root {self.root}/www/$host;
    {rest}
}}
"""
        servers = server(POLICY_HOST, "policy")
        for domain, rest in special.items():
            servers += server(POLICY_HOST, "policy", rest, "mta-sts." + domain)
        for fault, address in BAD_HOSTS.items():
            servers += server(address, "policy-" + fault)
        config = self.write("nginx.conf", f"""
user root;
daemon off;
worker_processes 1;
pid {self.root}/nginx.pid;
error_log {self.root}/nginx.log;
events {{ worker_connections 512; }}
http {{
    log_format host '$host';
    access_log {self.root}/nginx.access host;
    default_type text/plain;
    types {{ text/plain txt; }}
    client_body_temp_path {self.root}/tmp;
    server_names_hash_bucket_size 128;
    {servers}
}}
""")
        self.nginx = self.start("nginx", "nginx", "-c", config)
        wait_for("nginx", 10, lambda: listens(POLICY_HOST, 443))

    def fetches(self, domain):
        """How often the policy of this domain was fetched."""
        return (self.root / "nginx.access").read_text().split().count("mta-sts." + domain)

    # --- Postfix ------------------------------------------------------------------------------------------------------

    def start_postfix(self, name, settings, services):
        directory = self.root / name
        for sub in ["etc", "queue", "data"]:
            (directory / sub).mkdir(parents=True)
        shutil.chown(directory / "data", "postfix")
        for file in ["postfix-files", "postfix-script", "post-install", "dynamicmaps.cf"]:
            if pathlib.Path("/etc/postfix", file).exists():
                shutil.copy(f"/etc/postfix/{file}", directory / "etc")
        common = {"compatibility_level": "3.6", "queue_directory": directory / "queue",
                  "data_directory": directory / "data", "maillog_file": directory / "log",
                  "maillog_file_prefixes": self.root, "mynetworks": "127.0.0.0/8 10.0.0.0/8", "inet_protocols": "ipv4",
                  "mydestination": "", "alias_maps": "", "alias_database": "", "local_recipient_maps": "",
                  "myhostname": name + ".example", "smtputf8_enable": "yes",
                  "maximal_queue_lifetime": "1d", "bounce_queue_lifetime": "1d",
                  "smtpd_relay_restrictions": "permit_mynetworks, reject"}
        main = "".join(f"{key} = {value}\n" for key, value in {**common, **settings}.items())
        (directory / "etc/main.cf").write_text(main)
        internal = """pickup unix n - n 60 1 pickup
cleanup unix n - n - 0 cleanup
qmgr unix n - n 300 1 qmgr
tlsmgr unix - - n 1000? 1 tlsmgr
rewrite unix - - n - - trivial-rewrite
bounce unix - - n - 0 bounce
defer unix - - n - 0 bounce
trace unix - - n - 0 bounce
proxymap unix - - n - - proxymap
smtp unix - - n - - smtp
discard unix - - n - - discard
error unix - - n - - error
retry unix - - n - - error
anvil unix - - n - 1 anvil
scache unix - - n - 1 scache
postlog unix-dgram n - n - 1 postlogd
"""
        (directory / "etc/master.cf").write_text(internal + services)
        result = subprocess.run(["postfix", "-c", directory / "etc", "start"], capture_output=True, text=True,
                                env={**os.environ, "MAIL_CONFIG": str(directory / "etc")})
        assert result.returncode == 0, result.stderr
        return directory


@contextlib.contextmanager
def laboratory():
    """A Lab in separate namespaces. With MTASTS_LAB_LOG set, a failure prints the ends of its logs."""
    enter_namespaces()
    lab = Lab()
    try:
        yield lab
    except BaseException:
        if os.environ.get("MTASTS_LAB_LOG"):
            subprocess.run(f"tail -n 200 {lab.root}/*/log {lab.root}/*.out {lab.root}/nginx.log >&2", shell=True)
        raise
    finally:
        lab.close()


def run_check(check, *arguments):
    """Runs a check, and prints its name and how long it took."""
    began = time.monotonic()
    check(*arguments)
    print(f"{check.__name__}: fine, {time.monotonic() - began:.1f} s", flush=True)
