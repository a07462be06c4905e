# SPDX-License-Identifier: BSL-1.0
# "cpack" makes the Debian package libmtasts-dev, "cpack --config CPackSourceConfig.cmake" the archive of the sources.
set(CPACK_PACKAGE_VENDOR "mtasts")
set(CPACK_PACKAGE_CONTACT "The authors of mtasts")
set(CPACK_VERBATIM_VARIABLES ON)
set(CPACK_COMPONENTS_ALL dev)

set(CPACK_GENERATOR DEB)
set(CPACK_DEB_COMPONENT_INSTALL ON)
set(CPACK_DEBIAN_DEV_PACKAGE_NAME libmtasts-dev)
set(CPACK_DEBIAN_DEV_FILE_NAME DEB-DEFAULT)
set(CPACK_DEBIAN_DEV_PACKAGE_ARCHITECTURE all)
set(CPACK_DEBIAN_DEV_PACKAGE_SECTION libdevel)
set(CPACK_DEBIAN_DEV_PACKAGE_DEPENDS "libboost-dev (>= 1.74), libfmt-dev (>= 9)")
set(CPACK_COMPONENT_DEV_DESCRIPTION "Headers of a library that consists of nothing else.")

# Meson and Bazel look for their files at the root of a project, where packaging/archive/ is laid.
set(CPACK_SOURCE_GENERATOR TGZ)
set(CPACK_SOURCE_PACKAGE_FILE_NAME mtasts-${PROJECT_VERSION})
set(CPACK_SOURCE_INSTALLED_DIRECTORIES
    "${PROJECT_SOURCE_DIR}" / "${PROJECT_SOURCE_DIR}/packaging/archive" /)
string(REGEX REPLACE "([][+.*?()^$|\\])" "\\\\\\1" root "${PROJECT_SOURCE_DIR}")
set(CPACK_SOURCE_IGNORE_FILES "^${root}/build[^/]*/" "^${root}/[.]git(/|$)" "/__pycache__/"
    "/test_package/build/")
include(CPack)
