// Parsed once for all tests: the host's own precompiled header and GoogleTest.
#include "pch/stack.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>
