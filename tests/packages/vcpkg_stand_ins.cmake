# SPDX-License-Identifier: BSL-1.0
# cmake -DPORT_DIR=DIR -DPACKAGES_DIR=DIR -P vcpkg_stand_ins.cmake: runs a portfile without vcpkg. Each of
# vcpkg's functions that it calls does here what vcpkg's does for a header-only library.
cmake_minimum_required(VERSION 3.21)
set(PORT mtasts)
set(CURRENT_PORT_DIR ${PORT_DIR})
set(CURRENT_PACKAGES_DIR ${PACKAGES_DIR})
set(build ${PACKAGES_DIR}-build)

function(vcpkg_cmake_configure)
    cmake_parse_arguments(PARSE_ARGV 0 given "" SOURCE_PATH OPTIONS)
    execute_process(COMMAND ${CMAKE_COMMAND} -S ${given_SOURCE_PATH} -B ${build} ${given_OPTIONS}
                            -DCMAKE_INSTALL_PREFIX=${PACKAGES_DIR} COMMAND_ERROR_IS_FATAL ANY)
endfunction()

function(vcpkg_cmake_install)
    execute_process(COMMAND ${CMAKE_COMMAND} --build ${build} --target install COMMAND_ERROR_IS_FATAL ANY)
endfunction()

function(vcpkg_cmake_config_fixup)
    cmake_parse_arguments(PARSE_ARGV 0 given "" CONFIG_PATH "")
    if(NOT EXISTS ${PACKAGES_DIR}/${given_CONFIG_PATH}/${PORT}-config.cmake)
        message(FATAL_ERROR "no CMake package at ${given_CONFIG_PATH}")
    endif()
    file(REMOVE_RECURSE ${PACKAGES_DIR}/share/${PORT})
    file(RENAME ${PACKAGES_DIR}/${given_CONFIG_PATH} ${PACKAGES_DIR}/share/${PORT})
    # The prefix is found by going up from here, one step less than before.
    file(READ ${PACKAGES_DIR}/share/${PORT}/${PORT}-targets.cmake targets)
    string(REPLACE [[get_filename_component(_IMPORT_PREFIX "${_IMPORT_PREFIX}" PATH)]] "" up "${targets}")
    string(REPLACE [[get_filename_component(_IMPORT_PREFIX "${CMAKE_CURRENT_LIST_FILE}" PATH)]]
                   [[get_filename_component(_IMPORT_PREFIX "${CMAKE_CURRENT_LIST_DIR}/../.." ABSOLUTE)]] up "${up}")
    file(WRITE ${PACKAGES_DIR}/share/${PORT}/${PORT}-targets.cmake "${up}")
endfunction()

function(vcpkg_fixup_pkgconfig)
endfunction()

function(vcpkg_install_copyright)
    cmake_parse_arguments(PARSE_ARGV 0 given "" "" FILE_LIST)
    file(INSTALL ${given_FILE_LIST} DESTINATION ${PACKAGES_DIR}/share/${PORT} RENAME copyright)
endfunction()

include(${PORT_DIR}/portfile.cmake)
