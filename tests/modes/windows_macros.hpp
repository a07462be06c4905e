// SPDX-License-Identifier: BSL-1.0
/// Macros as <windows.h> and related headers define them, before the library is included. The standard library comes first:
/// on Windows it copes with these macros.
#pragma once
#include <bits/stdc++.h>

#define min(a, b) (((a) < (b)) ? (a) : (b))
#define max(a, b) (((a) > (b)) ? (a) : (b))
#define ERROR 0
#define NO_ERROR 0
#define IN
#define OUT
#define OPTIONAL
#define CONST const
#define VOID void
#define TRUE 1
#define FALSE 0
#define DELETE (0x00010000L)
#define IGNORE 0
#define INFINITE 0xFFFFFFFF
#define STRICT 1
#define DIFFERENCE 11
#define small char
#define near
#define far
#define interface struct
#define hyper 1
#define uuid 1
#define cdecl
#define pascal
#define GetMessage GetMessageW
