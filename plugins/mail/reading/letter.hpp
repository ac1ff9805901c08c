/// A mail, opened: its fields and its leaves. GMime reads the structure; encoded words, transfer encodings
/// and charsets are read by us (see words.hpp).
#pragma once
#include <string>
#include <string_view>
#include <vector>

#include "reading/bounds.hpp"

namespace candour::mail {

/// Values are raw: folded, encoded.
struct Field {
    std::string name;
    std::string value;
};

class Fields final {
 public:
    void add(std::string name, std::string value) { list_.push_back({std::move(name), std::move(value)}); }
    bool has(std::string_view name) const;
    /// Of the first field of that name, unfolded and with its words decoded; "" when there is none.
    std::string text(std::string_view name) const;
    /// Unfolded only.
    std::string plain(std::string_view name) const;
    std::vector<std::string> all(std::string_view name) const;
    const std::vector<Field>& list() const { return list_; }

 private:
    const Field* find(std::string_view name) const;
    std::vector<Field> list_;
};

struct Leaf {
    std::string type;  ///< lower case, without parameters
    std::string charset, name;
    std::string content;    ///< transfer encoding undone; empty where nobody reads it (images and so on)
    std::size_t bytes = 0;  ///< its size, kept or not
    bool attached = false;  ///< Content-Disposition: attachment
    bool flowed = false, delsp = false;
    std::size_t enclosed = 0;      ///< how many message/* it lies in
    const void* parent = nullptr;  ///< tells which leaves are siblings; never followed

    bool is_text() const { return type.starts_with("text/"); }
    /// As UTF-8.
    std::string text() const;
};

/// A message/rfc822 or text/rfc822-headers inside: what a report returns.
struct Enclosure {
    Fields fields;
};

struct Letter {
    Fields fields;
    std::string type;  ///< of the whole
    std::string report_type;
    std::vector<Leaf> leaves;
    std::vector<Enclosure> enclosures;
    std::string preamble;  ///< of a multipart that has no parts
    std::vector<std::string> defects;
    bool truncated = false;
};

/// Sets GMime up. Before the first mail, because its set-up is not safe beside other users of GMime in the
/// process.
void prepare_reader();
Letter open_letter(std::string_view raw);
/// The header block at the front of `text`.
Fields fields_of(std::string_view text);

}  // namespace candour::mail
