#!/usr/bin/env python3
# SPDX-License-Identifier: BSL-1.0
"""consume.py WAY [ARGUMENT...]: brings the library into the project consumer/ in one of the ways below, builds and runs
it. Exits with 77 and says why if the tool for it is missing."""
import base64
import hashlib
import os
import re
import shutil
import subprocess
import sys
import tarfile
import tempfile
from pathlib import Path

HERE = Path(__file__).resolve().parent
ROOT = HERE.parents[1]
MAIN = HERE / "consumer/main.cpp"
COMPILER = os.environ.get("CXX", "c++")
BAZEL_CONSUMER = 'cc_binary(name = "consumer", srcs = ["main.cpp"], copts = ["-std=c++20"], deps = ["@mtasts"])\n'
# Installed by tests/run.sh; make, which CMake would choose by default, may be missing.
os.environ.setdefault("CMAKE_GENERATOR", "Ninja")
SAID = '"7d" has a unit; max_age is a bare number of seconds'


def skip(reason):
    print(f"skipped: {reason}")
    sys.exit(77)


def need(tool, package):
    return shutil.which(tool) or skip(f"there is no {tool} here ({package})")


def run(*command, **options):
    print("$", *command, flush=True)
    return subprocess.run([str(part) for part in command], check=True, **options)


def output(*command, **options):
    return run(*command, stdout=subprocess.PIPE, text=True, **options).stdout


def run_consumer(program):
    said = output(program).strip()
    if said != SAID:
        sys.exit(f"the consumer said {said!r}")


def unpacked(archive, folder):
    with tarfile.open(archive) as tar:
        tar.extractall(folder)
    top, = Path(folder).iterdir()
    return top


def one_version(_, by_cmake, *programs):
    """version.hpp has the version. Some files must repeat it, since they can read no other; no other file may."""
    version = ".".join(re.findall(r"^#define MTASTS_VERSION_[A-Z]+ (\d+)$",
                                  (ROOT / "include/mtasts/version.hpp").read_text(), re.M))
    found = {"CMakeLists.txt": by_cmake}
    found |= {program: output(program, "--version").split()[-1] for program in programs}
    must_repeat = {"packaging/archive/meson.build": r"version: '([^']+)', license",
                   "packaging/archive/MODULE.bazel": r'name = "mtasts",\s+version = "([^"]+)"',
                   "packaging/vcpkg/mtasts/vcpkg.json": r'"name": "mtasts",\s+"version": "([^"]+)"'}
    found |= {name: "".join(re.findall(how, (ROOT / name).read_text())) for name, how in must_repeat.items()}
    wrong = [f"{name} has the version \"{said}\", version.hpp has {version}" for name, said in found.items() if said != version]

    # `find_package(mtasts 0.1)`, "mtasts-socketmap 0.1.0", mtasts/0.1.0: the whole version or its beginning.
    mention = re.compile(r"(?i)\bmtasts(?:-socketmap)?(?:[ /@-]| VERSION )v?(\d+(?:\.\d+)+)")
    for place in ("cmake", "docs", "examples", "include", "packaging", "CMakeLists.txt", "README.md"):
        top = ROOT / place
        for path in [top] if top.is_file() else (path for path in sorted(top.rglob("*")) if path.is_file()):
            wrong += [f"{path.relative_to(ROOT)} names version {said}, version.hpp has {version}"
                      for said in mention.findall(path.read_text(errors="replace")) if f"{version}.".find(f"{said}.") != 0]
    if wrong:
        sys.exit("\n".join(wrong))


def pkg_config(folder, prefix):
    tool = need("pkg-config", "Debian package pkg-config")
    env = os.environ | {"PKG_CONFIG_PATH": f"{prefix}/share/pkgconfig"}
    flags = output(tool, "--cflags", "--libs", "mtasts", env=env).split()
    if "-lfmt" in flags:
        sys.exit("a library is linked that is not needed")
    run(COMPILER, "-std=c++20", MAIN, *flags, "-o", folder / "consumer")
    run_consumer(folder / "consumer")


def debian(folder, cpack, config):
    tool = need("dpkg-deb", "Debian package dpkg")
    run(cpack, "-G", "DEB", "--config", config, "-B", folder)
    package, = folder.glob("*.deb")
    fields = {name: output(tool, "--field", package, name).strip() for name in ("Package", "Architecture", "Depends")}
    if fields != {"Package": "libmtasts-dev", "Architecture": "all",
                  "Depends": "libboost-dev (>= 1.74), libfmt-dev (>= 9)"}:
        sys.exit(f"the package says {fields}")
    # Into an empty root, in which nothing else is installed.
    root = folder / "root"
    (root / "var/lib/dpkg/updates").mkdir(parents=True)
    (root / "var/lib/dpkg/status").touch()
    run("dpkg", f"--root={root}", "--force-not-root", "--force-depends", f"--log={root}/log", "--install", package)
    listed = output("dpkg", f"--root={root}", "--listfiles", "libmtasts-dev").splitlines()
    if "/usr/share/doc/libmtasts-dev/copyright" not in listed:
        sys.exit("the package has no copyright file")
    by_cmake(folder, f"-DCMAKE_PREFIX_PATH={root}/usr")


def by_cmake(folder, *options):
    run("cmake", "-S", MAIN.parent, "-B", folder / "built", f"-DCMAKE_CXX_COMPILER={COMPILER}", *options)
    run("cmake", "--build", folder / "built")
    run_consumer(folder / "built/consumer")


def bundle(folder, *dependency_dirs):
    """Built so that the compiler finds only the Boost and fmt of the archive."""
    archives = [folder / name / "mtasts-bundle.tar.gz" for name in ("one", "two")]
    for archive in archives:
        archive.parent.mkdir()
        run(sys.executable, ROOT / "packaging/bundle.py", archive, COMPILER, *dependency_dirs)
    if archives[0].read_bytes() != archives[1].read_bytes():
        sys.exit("the archive is not reproducible")
    top = unpacked(archives[0], folder / "unpacked")

    # The compiler's own directories, each without Boost and fmt.
    listing = run(COMPILER, "-std=c++20", "-x", "c++", "-E", "-v", os.devnull, stderr=subprocess.PIPE,
                  stdout=subprocess.DEVNULL, text=True, env=os.environ | {"LC_ALL": "C"}).stderr
    places = re.search(r"<\.\.\.> search starts here:\n(.*?)End of search list", listing, re.S)[1].split("\n")
    dirs = []
    for number, place in enumerate(filter(None, map(str.strip, places))):
        if any(Path(place, name).exists() for name in ("boost", "fmt")):
            less = folder / f"less-{number}"
            less.mkdir()
            for entry in Path(place).iterdir():
                if entry.name not in ("boost", "fmt"):
                    (less / entry.name).symlink_to(entry)
            place = less
        dirs += ["-isystem", place]
    source = folder / "main.cpp"
    source.write_text(MAIN.read_text().replace("<mtasts/parse/sts_policy.hpp>", "<mtasts.hpp>")
                      .replace("#include <mtasts/render/message.hpp>\n", ""))
    alone = [COMPILER, "-std=c++20", "-nostdinc", "-nostdinc++", *dirs]
    if subprocess.run([*map(str, alone), "-E", "-x", "c++", "-include", "boost/version.hpp", os.devnull],
                      capture_output=True, check=False).returncode == 0:
        sys.exit("Boost is found without the archive: this test would prove nothing")
    run(*alone, "-I", top / "include", source, "-o", folder / "consumer")
    run_consumer(folder / "consumer")


def conan(folder, *system_packages):
    tool = need("conan", "PyPI package conan")
    env = os.environ | {"CONAN_HOME": str(folder / "home")}
    run(tool, "profile", "detect", env=env)
    # The headers of Boost and fmt are the system's: no package is fetched.
    profile = folder / "profile"
    lines = ["include(default)", "[settings]", "compiler.cppstd=20", "[platform_requires]", *system_packages,
             "[conf]", f"tools.cmake.cmake_layout:test_folder={folder}/test"]
    profile.write_text("\n".join(lines) + "\n")
    said = output(tool, "create", ROOT / "packaging/conan", "--profile:all", profile, "--no-remote", env=env,
                  stderr=subprocess.STDOUT)
    print(said)
    if SAID not in said:
        sys.exit("the consumer did not run")


def vcpkg(folder):
    tool = need("vcpkg", "it is in no package registry")
    run(tool, "install", "mtasts", f"--overlay-ports={ROOT}/packaging/vcpkg", f"--x-install-root={folder}/installed")
    installed, = (path for path in (folder / "installed").iterdir() if (path / "share/mtasts").exists())
    by_cmake(folder, f"-DCMAKE_PREFIX_PATH={installed}")


def vcpkg_port_with_stand_ins(folder, cmake):
    port = ROOT / "packaging/vcpkg/mtasts"
    run(cmake, f"-DPORT_DIR={port}", f"-DPACKAGES_DIR={folder}/packages", "-P", HERE / "vcpkg_stand_ins.cmake")
    found = {path.relative_to(folder / "packages").as_posix()
             for path in (folder / "packages").rglob("*") if path.is_file()}
    astray = [name for name in found if not name.startswith(("include/", "share/mtasts/", "share/pkgconfig/"))]
    missing = {"share/mtasts/copyright", "share/mtasts/usage", "share/pkgconfig/mtasts.pc"} - found
    if astray or missing:
        sys.exit(f"the port installs {astray} astray, and not {missing}")
    by_cmake(folder, f"-DCMAKE_PREFIX_PATH={folder}/packages")


def meson(folder, archive):
    tool = need("meson", "Debian package meson")
    project = folder / "consumer"
    (project / "subprojects").mkdir(parents=True)
    shutil.copy(MAIN, project)
    (project / "meson.build").write_text("project('consumer', 'cpp', default_options: ['cpp_std=c++20'])\n"
                                         "executable('consumer', 'main.cpp', dependencies: dependency('mtasts'))\n")
    (project / "subprojects/mtasts.wrap").write_text(
        f"[wrap-file]\ndirectory = {Path(archive).name.removesuffix('.tar.gz')}\nsource_url = file://{archive}\n"
        f"source_filename = {Path(archive).name}\nsource_hash = {sha256(archive)}\n[provide]\ndependency_names = mtasts\n")
    run(tool, "setup", folder / "built", project)
    run(tool, "compile", "-C", folder / "built")
    run_consumer(folder / "built/consumer")


def sha256(path):
    return hashlib.sha256(Path(path).read_bytes()).hexdigest()


def bazel_workspace(folder, archive, *dependency_dirs):
    """Bazel before version 6, which has no modules: the workspace names the repositories, Boost and fmt among them."""
    tool = need("bazel", "Debian package bazel-bootstrap")
    rules_java, platforms = Path("/usr/share/bazel/rules/java"), Path("/usr/share/bazel/tools/platforms")
    if not rules_java.exists() or not platforms.exists():
        skip("Bazel would fetch its rules (Debian packages bazel-rules-java and bazel-platforms)")
    run(sys.executable, ROOT / "packaging/bundle.py", folder / "bundle.tar.gz", COMPILER, *dependency_dirs)
    headers = unpacked(folder / "bundle.tar.gz", folder / "unpacked") / "include"

    # Bazel's own rules for C++, under the name of the repository that has them today.
    kinds = "library", "binary", "test", "import", "toolchain", "toolchain_suite", "proto_library"
    library = ('cc_library(name = "{0}", hdrs = glob(["{1}/**"]), includes = ["."], defines = ["FMT_HEADER_ONLY"],\n'
               '           visibility = ["//visibility:public"])\n')
    files = {
        "rules_cc/WORKSPACE": "", "rules_cc/cc/BUILD": "",
        "rules_cc/cc/defs.bzl": "".join(f"cc_{kind} = native.cc_{kind}\n" for kind in kinds),
        "consumer/boost.BUILD": library.format("boost.spirit", "boost"), "consumer/fmt.BUILD": library.format("fmt", "fmt"),
        "consumer/main.cpp": MAIN.read_text(),
        "consumer/BUILD": BAZEL_CONSUMER,
        "consumer/WORKSPACE": f"""
load("@bazel_tools//tools/build_defs/repo:http.bzl", "http_archive")
http_archive(name = "mtasts", urls = ["file://{archive}"], sha256 = "{sha256(archive)}",
             strip_prefix = "{Path(archive).name.removesuffix(".tar.gz")}")
new_local_repository(name = "boost.spirit", path = "{headers}", build_file = "//:boost.BUILD")
new_local_repository(name = "fmt", path = "{headers}", build_file = "//:fmt.BUILD")
local_repository(name = "rules_cc", path = "{folder}/rules_cc")
local_repository(name = "rules_java", path = "{rules_java}")
local_repository(name = "platforms", path = "{platforms}")
"""}
    for file, text in files.items():
        (folder / file).parent.mkdir(parents=True, exist_ok=True)
        (folder / file).write_text(text)
    run(tool, "--batch", f"--output_user_root={folder}/bazel", "build", "//:consumer", cwd=folder / "consumer")
    run_consumer(folder / "consumer/bazel-bin/consumer")


def bazel_module(folder, archive):
    tool = need("bazel", "Debian package bazel-bootstrap")
    said = output(tool, "--version").strip()
    version = re.search(r"bazel (\d+)\.", said)
    if not version or int(version[1]) < 7:
        skip(f"modules need Bazel 7 or later; this one, which says it is \"{said}\", is not")
    digest = base64.b64encode(hashlib.sha256(Path(archive).read_bytes()).digest()).decode()
    shutil.copy(MAIN, folder)
    (folder / "BUILD").write_text(BAZEL_CONSUMER)
    (folder / "MODULE.bazel").write_text(f"""module(name = "consumer")
bazel_dep(name = "mtasts")
archive_override(module_name = "mtasts", urls = ["file://{archive}"], integrity = "sha256-{digest}",
                 strip_prefix = "{Path(archive).name.removesuffix(".tar.gz")}")
""")
    run(tool, "--batch", f"--output_user_root={folder}/bazel", "build", "//:consumer", cwd=folder)
    run_consumer(folder / "bazel-bin/consumer")


ways = {function.__name__.replace("_", "-"): function
        for function in (one_version, pkg_config, debian, bundle, conan, vcpkg, vcpkg_port_with_stand_ins, meson,
                         bazel_workspace, bazel_module)}
with tempfile.TemporaryDirectory(prefix="mtasts-") as name:
    ways[sys.argv[1]](Path(name), *sys.argv[2:])
