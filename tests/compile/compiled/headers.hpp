// SPDX-License-Identifier: BSL-1.0
/// The results of the unit that compiles the headers.
#pragma once
#include <string>
#include <string_view>

std::string diagnosis_by_headers(std::string_view policy);
std::string value_by_headers(std::string_view policy);
