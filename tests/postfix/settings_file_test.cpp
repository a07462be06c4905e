// SPDX-License-Identifier: BSL-1.0
/// The settings file: what is read, and how faults are reported.
#include <fstream>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include <unistd.h>

#include <catch2/catch.hpp>

#include "policy_domain.hpp"
#include "scratch.hpp"
#include "settings_file.hpp"

namespace {

using socketmap::apply_settings;
using socketmap::nearest_word;
using socketmap::parse_settings;
using socketmap::settings;
using words = std::vector<std::string>;

TEST_CASE("A line of the settings file is a name and its values") {
    struct row {
        std::string_view text;
        words values;
    };
    row const rows[] = {
        {"a = b", {"b"}},
        {"  a=b  ", {"b"}},
        {"a = b # comment", {"b"}},
        {"a = \"b c\" # comment", {"b c"}},
        {"a = 'b # c'", {"b # c"}},
        {"a = \"\"", {""}},
        {"a = \"b\\n\"", {"b\\n"}},
        {"a = b, c", {"b", "c"}},
        {"a = b c", {"b", "c"}},
        {"a = [b, \"c d\", 'e']", {"b", "c d", "e"}},
        {"a = [b c, d]", {"b c", "d"}},
        {"a = [\n  \"b\", # comment\n  \"c\"\n]", {"b", "c"}},
        {"a = []", {}},
        {"a = b\r\n", {"b"}},
        {"# comment\n; comment\n\na = b", {"b"}},
    };
    for (auto const& [text, values] : rows) {
        CAPTURE(text);
        auto const read = parse_settings(text);
        CHECK(read.faults.empty());
        REQUIRE(read.lines.size() == 1);
        CHECK(read.lines[0].name == "a");
        CHECK(read.lines[0].values == values);
        CHECK_FALSE(read.lines[0].alone);
    }
    CHECK(parse_settings("a # = b").lines.at(0).alone);
    CHECK(parse_settings("\n\nb = [1,\n2]\nc").lines.at(1).line == 5);
}

TEST_CASE("A line that is not a setting is reported with its number") {
    struct row {
        std::string_view text;
        std::size_t line;
        std::string_view why;
    };
    row const rows[] = {
        {"a =", 1, "a value is missing"},
        {"\na = # comment", 2, "a value is missing"},
        {"a = \"b", 1, "the text in quotes has no end"},
        {"a = \"b\" c", 1, "nothing but a comma may follow the text in quotes"},
        {"a = [b] c", 1, "nothing may follow the end of the list"},
        {"a = b\nc = [d,\ne", 2, "the list has no end \"]\""},
        {"[section]", 1, "a line is \"name = value\""},
        {"= b", 1, "a line is \"name = value\""},
        {"\"a b\"", 1, "a line is \"name = value\""},
        {": b", 1, "a line is \"name = value\""},
        {"a = b\nc d e # comment", 2, "\"=\" is missing; write: c = d e"},
        {"c \"d e\"", 1, "\"=\" is missing; write: c = \"d e\""},
        {"c: d", 1, "\"=\" is missing; write: c = d"},
        {"c:d", 1, "\"=\" is missing; write: c = d"},
        {"c\"d\"", 1, "\"=\" is missing; write: c = \"d\""},
        {"c :", 1, "\"=\" is missing; write: c = VALUE"},
        {"--c d", 1, "\"=\" is missing; write: c = d"},
        {"-- d", 1, "a line is \"name = value\""},
        {"c = [d,\n\"e\"\nf = g", 1, "the list has no end \"]\""},
    };
    for (auto const& [text, line, why] : rows) {
        CAPTURE(text);
        auto const read = parse_settings(text);
        REQUIRE(read.faults.size() == 1);
        CHECK(read.faults[0].line == line);
        CHECK(read.faults[0].why == why);
    }
}

TEST_CASE("An unknown name is reported with a similar known one") {
    words const known{"socket", "socket-mode", "database", "refresh", "refreshes", "recheck", "dane", "tlsrpt"};
    struct row {
        std::string_view unknown, meant;
    };
    constexpr row rows[] = {{"refesh", "refresh"},
                            {"refersh", "refresh"},
                            {"refreshs", "refresh"},
                            {"data-base", "database"},
                            {"socket_mode", "socket-mode"},
                            {"--socket", "socket"},
                            {"dnae", "dane"},
                            {"tls-rpt", "tlsrpt"},
                            {"frob", ""},
                            {"", ""},
                            {"x", ""},
                            {"listen-address", ""}};
    for (auto const& [unknown, meant] : rows) {
        CAPTURE(unknown);
        CHECK(nearest_word(unknown, known) == meant);
    }
    CHECK(nearest_word(std::string(100'000, 'a'), known).empty());
}

TEST_CASE("A fault in a settings file is reported with line, setting and reason") {
    struct row {
        std::string_view text;
        std::size_t line;
        std::string_view setting, why;
    };
    constexpr row rows[] = {
        {"recheck = 5\n\nfrob = 1", 3, "frob", "no such setting; --help lists them"},
        {"refesh = 100", 1, "refesh", "no such setting; did you mean \"refresh\"?"},
        {"refresh = 1d", 1, "refresh", "\"1d\" is not a whole number; write seconds, such as 86400"},
        {"recheck = 1d", 1, "recheck", "\"1d\" is not a whole number; write seconds, such as 300"},
        {"recheck = 0", 1, "recheck", "0 is not between 1 and 86400; write seconds, such as 300"},
        {"recheck = \"\"", 1, "recheck", "\"\" is not a whole number; write seconds, such as 300"},
        {"answers = many", 1, "answers", "\"many\" is not a whole number"},
        {"policy-octets = 1", 1, "policy-octets", "1 is not between 1048576 and 1099511627776"},
        {"answers = 0", 1, "answers", "0 is not between 1 and 10000000"},
        {"answers = -1", 1, "answers", "-1 is not between 1 and 10000000"},
        {"socket = tcp:1", 1, "socket", "\"tcp:1\" is neither unix:PATH nor inet:ADDRESS:PORT"},
        {"recheck =", 1, "recheck", "a value is missing"},
        {"recheck", 1, "recheck", "a value is missing; write: recheck = VALUE"},
        {"override", 1, "override", "a value is missing; write: override = VALUE"},
        {"recheck 5", 1, "recheck", "\"=\" is missing; write: recheck = 5"},
        {"recheck = 5\nsocket = unix:/a\nrecheck = 6", 3, "recheck", "set before, in line 1"},
        {"socket = unix:/a b", 1, "socket", "one value is needed; put quotes around a text with blanks or commas"},
        {"dane = leav", 1, "dane", "\"leav\" is not one of ignore|leave|only"},
        {"log-level = warn", 1, "log-level", "\"warn\" is not one of debug|error|info|notice|warning"},
        {"tlsrpt = maybe", 1, "tlsrpt", "\"maybe\" is neither true nor false"},
        {"tlsrpt = \"\"", 1, "tlsrpt", "\"\" is neither true nor false"},
        {"override = [\"a.example off\",\n\"b.example maybe\"]", 1, "override",
         "\"b.example maybe\": off, strict or mx and patterns must follow the domain"},
        {"override = \"a.example off\"\noverride = \"a.example strict\"", 2, "override",
         "\"a.example strict\": the domain has one already"},
        {"config = /etc/passwd", 1, "config", "no such setting; --help lists them"},
        {"help = true", 1, "help", "no such setting; --help lists them"},
        {"query.afresh = true", 1, "query.afresh", "no such setting; --help lists them"},
    };
    for (auto const& [text, line, setting, why] : rows) {
        CAPTURE(text);
        settings target;
        auto const faults = apply_settings(text, target);
        REQUIRE(faults.size() == 1);
        CHECK(faults[0].line == line);
        CHECK(faults[0].setting == setting);
        CHECK(faults[0].why == why);
    }
}

TEST_CASE("The good settings of a file are read, even if others are bad") {
    settings target;
    auto const faults = apply_settings(
        "socket = \"unix:/a/socket\"\n"
        "frob = 1\n"
        "recheck = 7\n"
        "trust-anchor = \"\"\n"
        "tlsrpt\n"
        "any-content-type = \"false\"\n"
        "resolver = [\"127.0.0.1\", \"::1@5353\"]\n"
        "dane = 'only'\n"
        "override = \"a.example off\"\n"
        "override = [\"b.example strict\", \"c.example mx *.c.example\"]\n",
        target);
    CHECK(faults.size() == 1);
    CHECK(target.socket == "unix:/a/socket");
    CHECK(target.recheck == std::chrono::seconds(7));
    CHECK(target.trust_anchor.empty());
    CHECK(target.tlsrpt);
    CHECK_FALSE(target.any_content_type);
    CHECK(target.resolvers == words{"127.0.0.1", "::1@5353"});
    CHECK(target.dane == socketmap::dane_answer::only);
    CHECK(target.overrides.size() == 3);
}

TEST_CASE("UTS #46 4: idna2003-compatibility decides the domain of an override, wherever it is set") {
    struct row {
        std::string_view text;
        std::optional<bool> command_line;
        std::string_view domain;
    };
    // The same from ICU 76 on.
    auto const transitional = socketmap::policy_domain_of("fa\u00DF.example", true).value_or("");
    constexpr std::string_view nontransitional = "xn--fa-hia.example";
    row const rows[] = {
        {"override = \"fa\u00DF.example off\"\n", {}, nontransitional},
        {"idna2003-compatibility = true\noverride = \"fa\u00DF.example off\"\n", {}, transitional},
        {"override = \"fa\u00DF.example off\"\nidna2003-compatibility = true\n", {}, transitional},
        {"override = \"fa\u00DF.example off\"\n", true, transitional},
        {"override = \"fa\u00DF.example off\"\nidna2003-compatibility = false\n", true, transitional},
        {"override = \"fa\u00DF.example off\"\nidna2003-compatibility = true\n", false, nontransitional},
    };
    scratch const place;
    auto const file = (place.path / "a.conf").string();
    for (auto const& row : rows) {
        CAPTURE(row.text);
        std::ofstream(file) << row.text;
        auto const loaded = socketmap::load_settings(file, true, row.command_line);
        CHECK(loaded.reasons() == "");
        REQUIRE(loaded.given.overrides.size() == 1);
        CHECK(loaded.given.overrides.begin()->first == row.domain);
    }
    settings target;
    auto const faults = apply_settings("frob = 1\nidna2003-compatibility = maybe\n", target);
    REQUIRE(faults.size() == 2);
    CHECK(faults[0].line == 1);
    CHECK(faults[1].line == 2);
}

TEST_CASE("An empty settings file counts as one that exists") {
    scratch const place;
    auto const file = (place.path / "a.conf").string();
    CHECK_FALSE(socketmap::load_settings(file, false).exists);
    std::ofstream(file) << "";
    auto const loaded = socketmap::load_settings(file, false);
    CHECK(loaded.exists);
    CHECK(loaded.good());
}

TEST_CASE("A missing file is a fault only if it was named, and anything but a regular file always is") {
    CHECK(socketmap::load_settings("/nowhere/at/all", false).good());
    CHECK(socketmap::load_settings("/nowhere/at/all", true).reasons() ==
          "/nowhere/at/all does not exist; create it: touch /nowhere/at/all");
    CHECK(socketmap::load_settings("/tmp", false).reasons() == "/tmp: cannot be read: Is a directory");
    CHECK(socketmap::load_settings("/dev/zero", false).reasons() == "/dev/zero: cannot be read: File too large");
}

TEST_CASE("Problems of settings are reported at their lines") {
    socketmap::loaded_settings loaded{{}, "a.conf", "recheck = 5\ndatabase = \"/nowhere/at/all\"\nfrob = 1\n"};
    loaded.faults = apply_settings(loaded.text, loaded.given);
    loaded.given.socket = "unix:/tmp/socket";
    loaded.given.trust_anchor = "";
    auto by_command_line = loaded;
    socketmap::add_problems(loaded, [](std::string const&) { return false; });
    CHECK(loaded.reasons() ==
          "a.conf:2: database: /nowhere/at does not exist; create it: mkdir -p /nowhere/at; "
          "a.conf:3: frob: no such setting; --help lists them");
    socketmap::add_problems(by_command_line, [](std::string const& name) { return name == "database"; });
    // Problems without a line in the file come last.
    CHECK(by_command_line.fault_texts().at(1) ==
          "database: /nowhere/at does not exist; create it: mkdir -p /nowhere/at");
}

TEST_CASE("A line that begins the next setting ends a list that was left open") {
    settings target;
    auto const faults = apply_settings("override = [\"a.example off\",\ndatabase = /a/b\n", target);
    REQUIRE(faults.size() == 1);
    CHECK(faults[0].line == 1);
    CHECK(target.database == "/a/b");
}

TEST_CASE("A command that needs one setting is refused only for faults that leave that setting unknown") {
    struct row {
        std::string_view text;
        bool on_command_line;
        std::size_t refused;
    };
    constexpr row rows[] = {
        {"database = /tmp/a\nfrob = 1\nrefresh = 1d\nrecheck 5\n", false, 0},
        {"override = [\"a.example off\",\ndatabase = /tmp/a\n", false, 0},
        {"database = /nowhere/at/all\n", false, 1},
        {"database =\n", false, 1},
        {"database /tmp/a\n", false, 1},
        {"database = /tmp/a /tmp/b\n", false, 1},
        {"database = /tmp/a\ndatabase = /tmp/b\n", false, 1},
        // The default might be another database than was meant.
        {"databse = /tmp/a\nfrob = 1\n", false, 1},
        {"databse = /nowhere/at/all\n", false, 1},
        {"databse = /tmp/a\n", true, 0},
    };
    scratch const place;
    auto const file = (place.path / "a.conf").string();
    for (auto const& row : rows) {
        CAPTURE(row.text);
        std::ofstream(file) << row.text;
        auto loaded = socketmap::load_settings(file, true);
        if (row.on_command_line) loaded.given.database = "/tmp/a";
        socketmap::add_problems(loaded, [&](std::string const&) { return row.on_command_line; });
        CHECK_FALSE(loaded.good());
        CHECK(loaded.fault_texts_of("database", row.on_command_line).size() == row.refused);
    }
    // A file that cannot be read leaves everything unknown that is not on the command line.
    auto const unreadable = socketmap::load_settings("/tmp", true);
    CHECK(unreadable.fault_texts_of("database", false).size() == 1);
    CHECK(unreadable.fault_texts_of("database", true).empty());
}

}  // namespace
