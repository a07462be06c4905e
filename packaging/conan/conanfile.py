# SPDX-License-Identifier: BSL-1.0
import re
from pathlib import Path

from conan import ConanFile
from conan.tools.build import check_min_cppstd
from conan.tools.cmake import CMake, CMakeDeps, CMakeToolchain, cmake_layout
from conan.tools.files import copy, load


class Mtasts(ConanFile):
    name = "mtasts"
    description = "MTA-STS (RFC 8461) and SMTP TLS Reporting (RFC 8460), parsed, explained and written"
    license = "BSL-1.0"
    topics = ("smtp", "mta-sts", "tls-rpt", "header-only")
    package_type = "header-library"
    settings = "os", "arch", "compiler", "build_type"
    default_options = {"boost/*:header_only": True, "fmt/*:header_only": True}
    no_copy_source = True

    def _top(self):
        return Path(self.recipe_folder).parents[1]

    def set_version(self):
        header = load(self, self._top() / "include/mtasts/version.hpp")
        self.version = ".".join(re.findall(r"^#define MTASTS_VERSION_[A-Z]+ (\d+)$", header, re.M))

    def export_sources(self):
        for pattern in ("CMakeLists.txt", "LICENSE", "include/*", "cmake/*", "packaging/*"):
            copy(self, pattern, self._top(), self.export_sources_folder)

    def requirements(self):
        self.requires("boost/[>=1.74 <2]", transitive_headers=True)
        self.requires("fmt/[>=9]", transitive_headers=True)

    def validate(self):
        check_min_cppstd(self, 20)

    def package_id(self):
        self.info.clear()

    def layout(self):
        cmake_layout(self)

    def generate(self):
        CMakeDeps(self).generate()
        toolchain = CMakeToolchain(self)
        toolchain.cache_variables.update(MTASTS_TESTS=False, MTASTS_EXAMPLES=False)
        toolchain.generate()

    def package(self):
        cmake = CMake(self)
        cmake.configure()
        cmake.install(component="dev")

    def package_info(self):
        # The package's own CMake files say it all, with Boost and fmt from wherever they come.
        self.cpp_info.set_property("cmake_find_mode", "none")
        self.cpp_info.builddirs = ["share/cmake/mtasts"]
        self.cpp_info.bindirs = self.cpp_info.libdirs = []
        self.cpp_info.defines = ["FMT_HEADER_ONLY"]
