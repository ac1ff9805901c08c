/// The house as data: which folder may know which. The pictures in the documents are drawn from this table.
#pragma once
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace candour::layering {

/// A library is recognised by the headers it brings, and where it can be used without one (the precompiled
/// header brings all of them to the whole host) by the words it puts into the code.
struct Library {
    std::string_view name;
    std::vector<std::string_view> headers;  ///< a header, or the beginning of one
    std::vector<std::string_view> words;
};

struct Folder {
    std::string_view path;
    std::vector<std::string_view> own;  ///< folders of ours it may include besides itself; "*" is every one
    std::vector<std::string_view> libraries;  ///< besides the standard library; "*" is every one
    /// Libraries that only some of its files may use: "library:beginning of the file's name".
    std::vector<std::string_view> only_in = {};
};

const std::vector<Library>& libraries();
const std::vector<Folder>& folders();

/// The folder of the table that a file of ours is in: the longest path that fits; nothing for a foreign one.
const Folder* folder_of(std::string_view path);
/// Empty for the standard library; nothing when no library is known by this header.
std::optional<std::string_view> library_of(std::string_view header);

}  // namespace candour::layering
