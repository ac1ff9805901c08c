/// Who pressed the button: DECISIONS of trust are made on this, figures exclude likely_bot.
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
