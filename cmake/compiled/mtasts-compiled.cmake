# SPDX-License-Identifier: BSL-1.0
# The target mtasts::compiled: the same headers, but the functions of those named here are compiled once, into a static
# library, and the headers only declare them (mtasts/compiled.hpp). It is built where it is linked, with the flags of that
# project. Wanted beside it: the target mtasts::mtasts.
add_library(mtasts-compiled STATIC EXCLUDE_FROM_ALL ${CMAKE_CURRENT_LIST_DIR}/compiled.cpp)
add_library(mtasts::compiled ALIAS mtasts-compiled)
target_link_libraries(mtasts-compiled PUBLIC mtasts::mtasts)

# Each of these becomes a line that includes the declarations.
set(declared "#include <mtasts/compiled.hpp>\n")
set(forward ${CMAKE_CURRENT_BINARY_DIR}/mtasts-compiled)
foreach(header IN ITEMS
        check parse/date_time parse/host parse/ip_address parse/json/pointer parse/policy_faults
        parse/report/fast_path parse/report/leaf_reader parse/report/reader parse/report/rules parse/report/values
        parse/report_filename parse/report_subject parse/sts_policy parse/sts_record parse/tlsrpt_record
        parse/tlsrpt_report parse/tlsrpt_uri parse/utf8 write/id write/json_schema write/text write/tlsrpt_report
        render/escape render/github render/human render/json render/message render/one_line render/sarif)
    file(CONFIGURE OUTPUT ${forward}/mtasts/${header}.hpp CONTENT "${declared}")
endforeach()
# What is built owns its text.
file(CONFIGURE OUTPUT ${forward}/mtasts/build.hpp CONTENT "${declared}#include <mtasts/owned.hpp>\n")
# Before the library's headers: what a target links comes after what it has itself.
target_include_directories(mtasts-compiled INTERFACE ${forward})
