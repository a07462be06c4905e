// SPDX-License-Identifier: BSL-1.0
/// What the grammars need of Boost.Spirit X3, and nothing more: each of its headers costs compile time.
#pragma once
#include <mtasts/requirements.hpp>

// X3 asks for this under -fno-rtti; where it is absent, X3 names parsers by typeid.
#if !defined(__cpp_rtti) && !defined(BOOST_SPIRIT_X3_NO_RTTI)
#define BOOST_SPIRIT_X3_NO_RTTI
#endif

#if !__has_include(<boost/spirit/home/x3/core.hpp>)
#error "mtasts reads texts with Boost.Spirit X3: install the headers of Boost 1.74 or later (libboost-dev)"
#endif
#include <boost/version.hpp>
#if BOOST_VERSION < 107400
#error "mtasts needs Boost 1.74 or later"
#endif

// The operators rely on what core.hpp includes.
#include <boost/spirit/home/x3/core.hpp>

#include <boost/spirit/home/x3/operator/alternative.hpp>
#include <boost/spirit/home/x3/operator/and_predicate.hpp>
#include <boost/spirit/home/x3/operator/not_predicate.hpp>
#include <boost/spirit/home/x3/operator/optional.hpp>
#include <boost/spirit/home/x3/operator/sequence.hpp>
#include <boost/spirit/home/x3/support/context.hpp>

namespace mtasts::grammar {

namespace x3 = boost::spirit::x3;

}  // namespace mtasts::grammar
