/// Where Catch2 3 is, this stands for the one header of version 2, so that the tests are written once for both.
#pragma once
#include <catch2/catch_all.hpp>
