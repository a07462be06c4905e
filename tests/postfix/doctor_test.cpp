// SPDX-License-Identifier: BSL-1.0
/// From the facts about a machine to what is wrong and how to fix it.
#include <algorithm>
#include <cerrno>
#include <functional>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include <catch2/catch.hpp>

#include "doctor.hpp"

namespace {

using namespace socketmap;

doctor_facts good() {
    doctor_facts facts;
    facts.config = "/etc/mtasts-socketmap.conf";
    facts.postfix.unreadable = "";
    facts.postfix.parameters = {{"mail_version", "3.7.11"},
                                {"queue_directory", "/var/spool/postfix"},
                                {"mail_owner", "postfix"},
                                {"smtp_tls_policy_maps", "socketmap:unix:mtasts-socketmap/socket:postfix"},
                                {"smtp_tls_security_level", "dane"},
                                {"smtp_use_tls", "no"},
                                {"smtp_dns_support_level", "dnssec"},
                                {"smtp_tls_CAfile", "/etc/ssl/certs/ca-certificates.crt"},
                                {"smtp_tls_CApath", ""},
                                {"enable_idna2003_compatibility", "no"}};
    facts.postfix.chrooted = tristate::yes;
    facts.postfix.reach_error = 0;
    facts.resolver = {{"127.0.0.1"}, tristate::yes, tristate::yes, tristate::yes, tristate::yes, ""};
    facts.trust_anchors = facts.postfix_trust_anchors = 140;
    facts.https_host = "mta-sts.example.com";
    facts.https_reachable = tristate::yes;
    facts.socket = {facts.given.socket, tristate::yes, tristate::yes, "", "OK settings=file refused=no"};
    facts.clock = {std::chrono::sys_days(std::chrono::year(2026) / 1 / 2),
                   std::chrono::sys_days(std::chrono::year(2026) / 1 / 1), tristate::yes};
    facts.database = {facts.given.database, tristate::yes, tristate::yes, "ok", 0600};
    return facts;
}

std::string& postfix(doctor_facts& facts, char const* name) { return facts.postfix.parameters[name]; }

struct row {
    char const* name;
    std::function<void(doctor_facts&)> change;
    severity how;
    std::string_view what;
    std::string_view remedy;
};

std::vector<row> const rows{
    // Postfix.
    {"postconf", [](auto& f) { f.postfix.unreadable = "postconf: No such file or directory"; }, severity::unknown,
     "how Postfix is configured", "sudo mtasts-socketmap doctor"},
    {"no map", [](auto& f) { postfix(f, "smtp_tls_policy_maps") = ""; }, severity::error, "does not ask this daemon",
     "postconf -e smtp_tls_policy_maps=socketmap:unix:mtasts-socketmap/socket:postfix && postfix reload"},
    {"another map", [](auto& f) { postfix(f, "smtp_tls_policy_maps") = "hash:/etc/postfix/tls"; }, severity::error,
     "does not ask this daemon",
     "postconf -e 'smtp_tls_policy_maps=hash:/etc/postfix/tls, socketmap:unix:mtasts-socketmap/socket:postfix' && "},
    {"another socket", [](auto& f) { postfix(f, "smtp_tls_policy_maps") = "socketmap:unix:other/socket:postfix"; },
     severity::error, "does not ask this daemon", "socketmap:unix:mtasts-socketmap/socket:postfix"},
    {"an absolute path in a chroot",
     [](auto& f) {
         postfix(f, "smtp_tls_policy_maps") = "socketmap:unix:/var/spool/postfix/mtasts-socketmap/socket:postfix";
     },
     severity::error, "does not ask this daemon", "socketmap:unix:mtasts-socketmap/socket:postfix"},
    {"a socket outside of the chroot", [](auto& f) { f.given.socket = "unix:/run/mtasts/socket"; }, severity::error,
     "chrooted to its queue directory",
     "write socket = \"unix:/var/spool/postfix/mtasts-socketmap/socket\" in /etc/mtasts-socketmap.conf, then "
     "systemctl restart mtasts-socketmap"},
    {"a socket outside of the chroot, and no map",
     [](auto& f) {
         f.given.socket = "unix:/run/mtasts/socket";
         postfix(f, "smtp_tls_policy_maps") = "";
     },
     severity::error, "does not ask this daemon: smtp_tls_policy_maps is not set",
     "postconf -e smtp_tls_policy_maps=socketmap:unix:mtasts-socketmap/socket:postfix && postfix reload"},
    {"no socket, and no map",
     [](auto& f) {
         f.socket.exists = tristate::no;
         postfix(f, "smtp_tls_policy_maps") = "";
     },
     severity::error, "does not ask this daemon: smtp_tls_policy_maps is not set", "postconf -e smtp_tls_policy_maps="},
    {"bad settings, and no map",
     [](auto& f) {
         f.faults = {"a.conf:3: frob: no such setting"};
         postfix(f, "smtp_tls_policy_maps") = "";
     },
     severity::error, "does not ask this daemon: smtp_tls_policy_maps is not set", "postconf -e smtp_tls_policy_maps="},
    {"another instance of Postfix",
     [](auto& f) {
         f.postfix_config = "/etc/postfix out";
         postfix(f, "smtp_tls_policy_maps") = "";
     },
     severity::error, "does not ask this daemon",
     "postconf -c '/etc/postfix out' -e smtp_tls_policy_maps=socketmap:unix:mtasts-socketmap/socket:postfix && "
     "postfix -c '/etc/postfix out' reload"},
    {"a map of maps",
     [](auto& f) { postfix(f, "smtp_tls_policy_maps") = "unionmap:{socketmap:unix:mtasts-socketmap/socket:postfix}"; },
     severity::unknown, "whether smtp_tls_policy_maps leads to this daemon", "postmap -q"},
    {"no permission for the socket", [](auto& f) { f.postfix.reach_error = EACCES; }, severity::error,
     "does not reach the socket: Permission denied",
     "chmod 755 /var/spool/postfix/mtasts-socketmap && chmod 666 /var/spool/postfix/mtasts-socketmap/socket"},
    {"a socket that only Postfix does not find", [](auto& f) { f.postfix.reach_error = ENOENT; }, severity::error,
     "does not reach the socket: No such file or directory",
     "systemctl restart mtasts-socketmap.socket mtasts-socketmap"},
    {"not root", [](auto& f) { f.postfix.reach_error = {}; }, severity::unknown,
     "whether Postfix's user reaches the socket", "sudo mtasts-socketmap doctor"},
    {"not root, with a command line",
     [](auto& f) {
         f.postfix.reach_error = {};
         f.again = "/opt/mtasts-socketmap --config /a.conf doctor";
     },
     severity::unknown, "whether Postfix's user reaches the socket",
     "sudo /opt/mtasts-socketmap --config /a.conf doctor"},
    {"leave, level may", [](auto& f) { postfix(f, "smtp_tls_security_level") = "may"; }, severity::error,
     "dane = \"leave\" leaves domains with DANE to Postfix, whose smtp_tls_security_level is may",
     "postconf -e smtp_tls_security_level=dane smtp_dns_support_level=dnssec && postfix reload"},
    {"leave, no level", [](auto& f) { postfix(f, "smtp_tls_security_level") = ""; }, severity::error,
     "smtp_tls_security_level is none", "smtp_tls_security_level=dane"},
    {"leave, no DNSSEC", [](auto& f) { postfix(f, "smtp_dns_support_level") = ""; }, severity::error,
     "Postfix cannot look for DANE", "postconf -e smtp_dns_support_level=dnssec"},
    {"only, no DNSSEC",
     [](auto& f) {
         f.given.dane = dane_answer::only;
         postfix(f, "smtp_tls_security_level") = "may";
         postfix(f, "smtp_dns_support_level") = "enabled";
     },
     severity::error, "Postfix cannot look for DANE", "postconf -e smtp_dns_support_level=dnssec"},
    {"ignore", [](auto& f) { f.given.dane = dane_answer::ignore; }, severity::warning, "MTA-STS overrides DANE",
     "write dane = \"leave\" in /etc/mtasts-socketmap.conf, then systemctl reload mtasts-socketmap"},
    {"no TLS",
     [](auto& f) {
         f.given.dane = dane_answer::only;
         postfix(f, "smtp_tls_security_level") = "none";
     },
     severity::warning, "in the clear", "postconf -e smtp_tls_security_level=may"},
    {"tlsrpt with an old Postfix", [](auto& f) { f.given.tlsrpt = true; }, severity::error, "Postfix 3.7.11 refuses",
     "tlsrpt = false"},
    {"tlsrpt without patterns",
     [](auto& f) {
         f.given.tlsrpt = true;
         postfix(f, "mail_version") = "3.10.5";
         postfix(f, "smtp_tls_enforce_sts_mx_patterns") = "no";
     },
     severity::warning, "MX hosts are not compared", "postconf -e smtp_tls_enforce_sts_mx_patterns=yes"},
    {"IDNA 2003 there", [](auto& f) { postfix(f, "enable_idna2003_compatibility") = "yes"; }, severity::error,
     "enable_idna2003_compatibility = yes", "idna2003-compatibility = true"},
    {"IDNA 2003 here", [](auto& f) { f.given.idna2003_compatibility = true; }, severity::error,
     "enable_idna2003_compatibility = no", "idna2003-compatibility = false"},
    {"master.cf", [](auto& f) { f.postfix.own_of_services = {"smtp/unix/smtp_tls_security_level = none"}; },
     severity::warning, "smtp/unix/smtp_tls_security_level = none", "postconf -P"},
    {"no trust anchors of Postfix",
     [](auto& f) {
         f.postfix_trust_anchors = 0;
         postfix(f, "smtp_tls_CAfile") = "";
     },
     severity::error, "Postfix has no trust anchors", "postconf -e smtp_tls_CAfile=/etc/ssl/certs/ca-certificates.crt"},
    {"an empty file of trust anchors", [](auto& f) { f.postfix_trust_anchors = 0; }, severity::error,
     "Postfix finds no trust anchors in /etc/ssl/certs/ca-certificates.crt", "postconf -e smtp_tls_CAfile="},
    // DNS.
    {"no resolver",
     [](auto& f) {
         f.resolver = {{"192.0.2.1"}, tristate::no, tristate::no, tristate::unknown, tristate::unknown, "time-out"};
     },
     severity::error, "the resolver 192.0.2.1 does not answer: time-out",
     "name a resolver that answers in /etc/resolv.conf"},
    {"no local resolver", [](auto& f) { f.resolver.answers = tristate::no; }, severity::error,
     "the resolver 127.0.0.1 does not answer", "systemctl restart unbound, or name another resolver"},
    {"no stub resolver",
     [](auto& f) {
         f.resolver.addresses = {"127.0.0.53"};
         f.resolver.answers = tristate::no;
     },
     severity::error, "the resolver 127.0.0.53 does not answer", "systemctl restart systemd-resolved, or name"},
    {"leave without validation", [](auto& f) { f.resolver.validates = tristate::no; }, severity::error,
     "does not validate: dane = \"leave\" leaves domains with DANE without any protection",
     "apt-get install -y unbound"},
    {"only without validation",
     [](auto& f) {
         f.given.dane = dane_answer::only;
         f.resolver.validates = tristate::no;
     },
     severity::error, "does not validate: mail to domains with DANE waits", "apt-get install -y unbound"},
    {"validation unknown", [](auto& f) { f.resolver.validates = tristate::unknown; }, severity::unknown,
     "whether the resolver 127.0.0.1 validates", "dig +dnssec"},
    {"a distant resolver", [](auto& f) { f.resolver.local = tristate::no; }, severity::warning, "on another machine",
     "apt-get install -y unbound"},
    {"DNSSEC taken away", [](auto& f) { f.resolver.daemon_validates = tristate::no; }, severity::error,
     "DNSSEC does not reach this daemon", "apt-get install -y unbound"},
    {"DNSSEC off where it works", [](auto& f) { f.given.dnssec = dnssec_use::off; }, severity::warning,
     "dnssec = \"off\": MTA-STS overrides DANE",
     "write dnssec = \"on\" in /etc/mtasts-socketmap.conf, then systemctl restart mtasts-socketmap"},
    {"DNSSEC unknown", [](auto& f) { f.resolver.daemon_validates = tristate::unknown; }, severity::unknown,
     "whether DNSSEC reaches this daemon", "mtasts-socketmap query --afresh example.com"},
    // Trust, HTTPS.
    {"no trust anchors", [](auto& f) { f.trust_anchors = 0; }, severity::error, "no trust anchors for HTTPS",
     "apt-get install -y --reinstall ca-certificates"},
    {"no trust anchors in ca-file",
     [](auto& f) {
         f.trust_anchors = 0;
         f.given.ca_file = f.trust_store = "/a.pem";
     },
     severity::error, "no trust anchors for HTTPS in /a.pem", "ca-file"},
    {"a firewall", [](auto& f) { f.https_reachable = tristate::no; }, severity::error,
     "no HTTPS to mta-sts.example.com", "port 443"},
    {"HTTPS unknown", [](auto& f) { f.https_reachable = tristate::unknown; }, severity::unknown,
     "whether port 443 is open", "curl -v https://mta-sts.example.com/"},
    {"offline", [](auto& f) { f.offline = true; }, severity::warning, "neither DNS nor port 443 was checked",
     "mtasts-socketmap doctor"},
    // The daemon.
    {"no socket", [](auto& f) { f.socket.exists = tristate::no; }, severity::error, "there is no socket",
     "systemctl enable --now mtasts-socketmap.socket"},
    {"a file in place of the socket",
     [](auto& f) {
         f.socket.exists = tristate::no;
         f.socket.trouble = ", but another file";
     },
     severity::error, "but another file",
     "mv /var/spool/postfix/mtasts-socketmap/socket /var/spool/postfix/mtasts-socketmap/socket.away"},
    {"nobody answers",
     [](auto& f) {
         f.socket.answers = tristate::no;
         f.socket.trouble = "Connection refused";
     },
     severity::error, "no daemon answers", "systemctl restart mtasts-socketmap"},
    {"no permission to ask the daemon", [](auto& f) { f.socket.answers = tristate::unknown; }, severity::unknown,
     "whether the daemon answers", "systemctl restart mtasts-socketmap"},
    {"last good settings", [](auto& f) { f.socket.status = "OK settings=last-good refused=yes"; }, severity::error,
     "runs on the last good settings", "systemctl reload mtasts-socketmap"},
    {"no settings", [](auto& f) { f.socket.status = "OK settings=none refused=yes"; }, severity::error,
     "every answer is TEMP", "systemctl reload mtasts-socketmap"},
    {"refused settings", [](auto& f) { f.socket.status = "OK settings=file refused=yes"; }, severity::error,
     "the last reload was refused", "systemctl reload mtasts-socketmap"},
    {"another program answers", [](auto& f) { f.socket.status = "NOTFOUND "; }, severity::unknown, "what answers at",
     "systemctl restart mtasts-socketmap"},
    {"bad settings", [](auto& f) { f.faults = {"a.conf:3: frob: no such setting"}; }, severity::error,
     "settings: a.conf:3: frob: no such setting",
     "fix /etc/mtasts-socketmap.conf, then systemctl reload mtasts-socketmap"},
    {"bad settings, and no daemon to reload them",
     [](auto& f) {
         f.faults = {"a.conf:3: frob: no such setting"};
         f.socket.answers = tristate::no;
     },
     severity::error, "settings: a.conf:3: frob: no such setting",
     "fix /etc/mtasts-socketmap.conf, then systemctl restart mtasts-socketmap"},
    // Clock, database.
    {"a clock that is behind", [](auto& f) { f.clock.now -= std::chrono::days(30); }, severity::error,
     "the clock is wrong", "timedatectl set-ntp true"},
    {"a free clock", [](auto& f) { f.clock.synchronised = tristate::no; }, severity::warning, "not synchronised",
     "timedatectl set-ntp true"},
    {"clock unknown", [](auto& f) { f.clock.synchronised = tristate::unknown; }, severity::unknown,
     "whether the clock is synchronised", "timedatectl"},
    {"no database", [](auto& f) { f.database.exists = tristate::no; }, severity::warning, "no database yet",
     "systemctl start mtasts-socketmap"},
    {"a database in a folder without permission", [](auto& f) { f.database.exists = tristate::unknown; },
     severity::unknown, "whether the database can be read", "sudo"},
    {"a database without read permission", [](auto& f) { f.database.readable = tristate::unknown; }, severity::unknown,
     "whether the database can be read", "sudo"},
    {"a damaged database",
     [](auto& f) {
         f.database.readable = tristate::no;
         f.database.trouble = "file is not a database";
     },
     severity::error, "the database cannot be read: file is not a database",
     "mv /var/lib/mtasts-socketmap/policies.sqlite /var/lib/mtasts-socketmap/policies.sqlite.damaged"},
    {"a database for all", [](auto& f) { f.database.mode = 0644; }, severity::warning, "others may read",
     "chmod 600 /var/lib/mtasts-socketmap/policies.sqlite"},
};

TEST_CASE("Without a fault, doctor says that all is fine") {
    auto const findings = findings_of(good());
    for (auto const& each : findings) {
        CAPTURE(each.what);
        CHECK(each.how == severity::fine);
        CHECK(each.remedy.empty());
    }
    CHECK(exit_status_of(findings) == 0);
    CHECK(report_of(findings).starts_with("Nothing is wrong.\n"));
    // What is unknown is not fine.
    CHECK(exit_status_of(findings_of(doctor_facts())) == 1);
}

TEST_CASE("Each fault is reported, first, with its fix") {
    for (auto const& row : rows) {
        CAPTURE(row.name);
        auto facts = good();
        row.change(facts);
        auto const findings = findings_of(facts);
        auto const named = std::find_if(findings.begin(), findings.end(), [&](auto const& each) {
            return each.how == row.how && each.what.find(row.what) != each.what.npos;
        });
        REQUIRE(named != findings.end());
        CAPTURE(named->what, named->remedy);
        CHECK(named->remedy.find(row.remedy) != named->remedy.npos);
        CHECK(findings.front().how == row.how);
        CHECK(exit_status_of(findings) == (row.how == severity::warning ? 0 : 1));
        auto const report = report_of(findings);
        CHECK(report.find(findings.front().remedy) < report.find('\n'));
        auto const is_bare = [](auto const& each) { return each.how != severity::fine && each.remedy.empty(); };
        CHECK(std::none_of(findings.begin(), findings.end(), is_bare));
    }
}

TEST_CASE("An unreachable socket is reported only if that is certain, with a fix that helps") {
    struct attempt {
        std::string_view socket;
        tristate chrooted;
        std::optional<int> error;
        bool said;
    };
    constexpr std::string_view inside = "unix:/var/spool/postfix/mtasts-socketmap/socket", outside = "unix:/run/socket";
    attempt const attempts[] = {
        {inside, tristate::yes, EACCES, true},   {inside, tristate::yes, ENOENT, true},
        {inside, tristate::yes, 0, false},       {inside, tristate::yes, EAGAIN, false},
        {outside, tristate::yes, ENOENT, false}, {outside, tristate::yes, EACCES, false},
        {outside, tristate::no, EACCES, true},   {outside, tristate::no, ENOENT, true},
    };
    constexpr std::string_view unreached = "does not reach the socket";
    for (auto const& row : attempts) {
        CAPTURE(row.socket, row.error.value_or(-1));
        auto facts = good();
        facts.given.socket = row.socket;
        facts.postfix.chrooted = row.chrooted;
        facts.postfix.reach_error = row.error;
        auto const report = report_of(findings_of(facts));
        CHECK((report.find(unreached) != report.npos) == row.said);
        CHECK((report.find("chmod") != report.npos) == (row.said && row.error == EACCES));
    }
    // A socket that does not exist has no permissions to fix.
    auto facts = good();
    facts.socket.exists = tristate::no;
    facts.postfix.reach_error = ENOENT;
    CHECK(report_of(findings_of(facts)).find(unreached) == std::string::npos);
}

TEST_CASE("An error of doctor is logged as an error") {
    using socketmap::level;
    std::pair<severity, level> const levels[] = {{severity::error, level::error},
                                                 {severity::warning, level::warning},
                                                 {severity::unknown, level::notice},
                                                 {severity::fine, level::info}};
    for (auto const& [how, wanted] : levels) CHECK(level_of(how) == wanted);
}

TEST_CASE("MTA-STS alone is fine if DANE is impossible and off") {
    auto facts = good();
    facts.given.dane = dane_answer::ignore;
    facts.given.trust_anchor = "";
    facts.resolver.validates = facts.resolver.daemon_validates = tristate::no;
    postfix(facts, "smtp_tls_security_level") = "may";
    postfix(facts, "smtp_dns_support_level") = "";
    CHECK(report_of(findings_of(facts)).starts_with("Nothing is wrong.\n"));
}

TEST_CASE("dnssec = off is fine if DNSSEC does not work") {
    auto facts = good();
    facts.given.dnssec = dnssec_use::off;
    facts.resolver.validates = tristate::no;
    postfix(facts, "smtp_tls_security_level") = "may";
    postfix(facts, "smtp_dns_support_level") = "";
    CHECK(report_of(findings_of(facts)).starts_with("Nothing is wrong.\n"));
}

TEST_CASE("Every correct way to name the socket is accepted") {
    auto facts = good();
    for (auto const* const maps :
         {"socketmap:unix:mtasts-socketmap/socket:postfix", "socketmap:unix:mtasts-socketmap/socket:x",
          "hash:/a, socketmap:unix:mtasts-socketmap/socket:postfix",
          "hash:/a socketmap:unix:./mtasts-socketmap//socket:postfix",
          "socketmap:unix:/mtasts-socketmap/socket:postfix"}) {
        CAPTURE(maps);
        postfix(facts, "smtp_tls_policy_maps") = maps;
        CHECK(exit_status_of(findings_of(facts)) == 0);
    }
    facts.postfix.chrooted = tristate::no;
    postfix(facts, "smtp_tls_policy_maps") = "socketmap:unix:/var/spool/postfix/mtasts-socketmap/socket:postfix";
    CHECK(exit_status_of(findings_of(facts)) == 0);
    facts.given.socket = "inet:127.0.0.1:8461";
    CHECK(exit_status_of(findings_of(facts)) == 1);
    postfix(facts, "smtp_tls_policy_maps") = "socketmap:inet:127.0.0.1:8461:postfix";
    CHECK(exit_status_of(findings_of(facts)) == 0);
    // A port does not depend on the queue directory.
    facts.postfix.chrooted = tristate::yes;
    CHECK(exit_status_of(findings_of(facts)) == 0);
}

TEST_CASE("A fix quotes names for the shell") {
    CHECK(shell_word("/a/b-c_d.e:f") == "/a/b-c_d.e:f");
    CHECK(shell_word("") == "''");
    CHECK(shell_word("a b") == "'a b'");
    CHECK(shell_word("$(x)'; rm *") == "'$(x)'\\''; rm *'");
    auto facts = good();
    facts.database = {"/x'; rm -rf \x1B[0m", tristate::yes, tristate::yes, "", 0644};
    auto const report = report_of(findings_of(facts));
    CHECK(report.find("chmod 600 '/x'\\''; rm -rf \\x1B[0m'") != report.npos);
}

}  // namespace
