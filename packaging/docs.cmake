# SPDX-License-Identifier: BSL-1.0
# "docs" writes the documentation of the public headers as HTML; a comment that Doxygen warns of is an error.
find_package(Doxygen QUIET)
if(DOXYGEN_FOUND)
    set(DOXYGEN_QUIET YES)
    set(DOXYGEN_EXTRACT_ALL YES)
    set(DOXYGEN_WARN_AS_ERROR FAIL_ON_WARNINGS)
    # Most names say what they are; a comment need not exist, but what it says must be true.
    set(DOXYGEN_WARN_IF_UNDOCUMENTED NO)
    # "::" within an example is no link.
    set(DOXYGEN_AUTOLINK_SUPPORT NO)
    set(DOXYGEN_HAVE_DOT NO)
    set(DOXYGEN_FILE_PATTERNS *.hpp)
    set(DOXYGEN_INCLUDE_PATH ${PROJECT_SOURCE_DIR}/include)
    set(DOXYGEN_STRIP_FROM_PATH ${PROJECT_SOURCE_DIR}/include)
    doxygen_add_docs(docs ${PROJECT_SOURCE_DIR}/include)
endif()
