/// Who pressed the button: trust is decided on this, and figures exclude likely_bot.
#pragma once
#include <cstdint>

#include "core/names.hpp"

namespace candour::core {

enum class AnswerClass : std::uint8_t { human, unverified, likely_bot };

inline constexpr NameTable<AnswerClass, 3> kAnswerClasses{{
    {AnswerClass::human, "human"},
    {AnswerClass::unverified, "unverified"},
    {AnswerClass::likely_bot, "likely_bot"},
}};

}  // namespace candour::core
