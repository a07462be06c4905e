# SPDX-License-Identifier: BSL-1.0
# "bundle" makes an archive of the single header with the headers of Boost and fmt that it needs.
find_package(Python3 COMPONENTS Interpreter)
if(Python3_Interpreter_FOUND)
    set(bundle ${PROJECT_BINARY_DIR}/mtasts-${PROJECT_VERSION}-bundle.tar.gz)
    set(dirs_of "INTERFACE_INCLUDE_DIRECTORIES>")
    add_custom_target(bundle
        COMMAND ${Python3_EXECUTABLE} ${CMAKE_CURRENT_SOURCE_DIR}/bundle.py ${bundle} ${CMAKE_CXX_COMPILER}
                $<TARGET_PROPERTY:Boost::headers,${dirs_of} $<TARGET_PROPERTY:fmt::fmt-header-only,${dirs_of}
        COMMAND_EXPAND_LISTS VERBATIM)
endif()
