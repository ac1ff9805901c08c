/// How somebody wishes to be asked, as their own page shows and changes it.
#pragma once
#include <string>
#include <vector>

#include "candour/ids.hpp"
#include "candour/result.hpp"
#include "core/instant.hpp"
#include "core/names.hpp"
#include "flow/task.hpp"

namespace candour::flow {

enum class HowOften : std::uint8_t { as_asked, light, never };
inline constexpr core::NameTable<HowOften, 3> kHowOften{{
    {HowOften::as_asked, "as_asked"},
    {HowOften::light, "light"},
    {HowOften::never, "never"},
}};

/// Something that they were asked at least once.
struct AskedQuestion {
    std::string plugin;
    std::string about;
    std::string label;  ///< the subject of the last mail that asked it
    bool muted = false;
};

struct Preferences {
    HowOften how = HowOften::as_asked;
    std::string language;
    std::vector<AskedQuestion> questions;  ///< the latest first
    std::string person_name;               ///< who of us answers for their account; or empty
    std::string person_email;
};

/// Questions that are not named stay as they are.
struct NewPreferences {
    HowOften how = HowOften::as_asked;
    std::string language;  ///< empty: as it is
    std::vector<AskedQuestion> questions;
};

/// Every mail that asks somebody leads to their page; whoever reads it speaks for the address, wherever that
/// stands.
class PreferenceStore {
 public:
    virtual ~PreferenceStore() = default;
    /// Of whoever got this message. Errors: not_found.
    virtual Task<Result<Preferences>> preferences(MessageId message) = 0;
    /// Returns what was in force before. Again: nothing more. Errors: not_found.
    virtual Task<Result<Preferences>> prefer(MessageId message, NewPreferences wishes, core::Instant now) = 0;
};

}  // namespace candour::flow
