/// A letter that many people get: composed once, filled in for each of them. It reads as `compose` would have
/// written it, and costs a tenth.
#pragma once
#include <memory>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "core/delivery/shared_letter.hpp"
#include "edge/mail/compose.hpp"

namespace candour::mail {

/// What is in nobody else's letter.
struct Reader {
    Mailbox to;
    std::string subject;
    core::Instant date;
    std::span<const std::string> values;  ///< in place of the marks, in their order
};

class Form {
 public:
    /// A letter with a mark wherever something differs from reader to reader: in the body, the Message-ID,
    /// the links and return addresses. Marks are words of ASCII letters, digits and "_" that the letter does
    /// not contain otherwise, and none is part of another. Its `to`, `subject` and `date` are not looked at.
    /// Errors: as of `compose`.
    static Result<Form> of(Letter letter, std::span<const std::string> marks);

    /// What `put_together` makes a letter of. Values are text: they are escaped where they stand in HTML.
    /// Errors: as of `compose`; a value that is none of letters, digits, "_" and "-" where the mark stands in
    /// the header.
    Result<std::string> parts_of(const Reader& reader) const;
    const std::shared_ptr<const core::SharedLetter>& shared() const { return shared_; }

 private:
    enum class Where { header, text, html };
    /// How a part of the reader's is made.
    struct Part {
        std::size_t mark;
        Where where;
        bool operator==(const Part&) const = default;
    };
    std::string place(Part part);
    std::string with_places(std::string_view raw, std::span<const std::string> marks);
    std::string body_with_places(std::string_view text, std::span<const std::string> marks, Where where);
    static Result<std::string> fitted(const std::string& value, Where where);

    std::vector<Part> parts_;  ///< behind the reader's own header fields, which are the first
    std::shared_ptr<const core::SharedLetter> shared_;
};

}  // namespace candour::mail
