/// Acts of advocacy, as they are recorded or imported: what somebody did for us that others could see.
#pragma once
#include <chrono>
#include <optional>
#include <string>

#include "core/metrics/fact.hpp"
#include "core/relationship/import.hpp"

namespace candour::core {

/// The numbers are the first value of a row of `advocacy.acts`.
enum class ActType : std::uint8_t {
    referral,
    reference_call,
    case_study,
    speaking,
    testimonial,
    public_review,
    internal_introduction,
};
inline constexpr NameTable<ActType, 7> kActTypes{{
    {ActType::referral, "referral"},
    {ActType::reference_call, "reference_call"},
    {ActType::case_study, "case_study"},
    {ActType::speaking, "speaking"},
    {ActType::testimonial, "testimonial"},
    {ActType::public_review, "public_review"},
    {ActType::internal_introduction, "internal_introduction"},
}};

/// The stream that acts live in, and who puts them there.
inline constexpr const char* kActStream = "advocacy.act";
inline constexpr const char* kActSource = "acts";

struct AdvocacyAct {
    ActType type = ActType::referral;
    Day on = 0;
    std::string contact;      ///< an address or an id
    std::string account_ref;  ///< empty: the address alone says who it is
    bool verified = true;
    bool incentivised = false;
    std::optional<int> stars;  ///< 1 to 5, of a public review
    std::string ref;           ///< the act's own name elsewhere: a URL, a review's number
    std::string note;
};

struct ActRow {
    int line = 0;
    AdvocacyAct act;
};

/// Columns: contact*, type*, date*, account_ref, verified, incentivised, stars, ref, note.
/// Errors: invalid when a starred column is missing or a column is unknown.
Result<Import<ActRow>> read_acts(const Table& table);

/// Errors: invalid, naming the field.
Done check_act(const AdvocacyAct& act);

}  // namespace candour::core
