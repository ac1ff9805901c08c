#include "edge/package/archive.hpp"

#include <archive.h>
#include <archive_entry.h>

#include <algorithm>
#include <memory>

namespace candour::package {
namespace {

constexpr std::size_t kLongestName = 99;  // what a tar of 1988 can say

struct Closed {
    void operator()(archive* tar) const { archive_free(tar); }
    void operator()(archive_entry* entry) const { archive_entry_free(entry); }
};
using Archive = std::unique_ptr<archive, Closed>;
using Entry = std::unique_ptr<archive_entry, Closed>;

la_ssize_t append(archive*, void* out, const void* data, std::size_t size) {
    static_cast<std::string*>(out)->append(static_cast<const char*>(data), size);
    return static_cast<la_ssize_t>(size);
}

Error corrupt(archive* tar, const std::string& what) {
    const char* reason = archive_error_string(tar);
    return Error{ErrorCode::corrupt, "the package " + what + (reason ? std::string(": ") + reason : "")};
}

std::string shown(std::string_view name) {
    std::string text;
    for (const char c : name.substr(0, 120)) text += c >= ' ' && c <= '~' ? c : '?';
    return "\"" + text + "\"";
}

Done check_entry(archive_entry* entry, const std::vector<ArchivedFile>& before) {
    const char* path = archive_entry_pathname(entry);
    const std::string name = path ? path : "";
    const auto refuse = [&](const std::string& why) {
        return Error{ErrorCode::invalid, "the package holds " + shown(name) + ", " + why};
    };
    if (archive_entry_filetype(entry) != AE_IFREG || archive_entry_hardlink(entry) != nullptr)
        return refuse("which is no plain file: links, folders and devices have no place in it");
    if (!is_plain_name(name))
        return refuse("a name that may lead out of its folder; expected such as schemas/answer.json");
    if (std::ranges::find(before, name, &ArchivedFile::name) != before.end()) return refuse("twice");
    if (before.size() >= kMaxFiles) return refuse("one of more than " + std::to_string(kMaxFiles) + " files");
    return done();
}

Result<std::string> content_of(archive* tar, const std::string& name, std::size_t room) {
    std::string bytes;
    char piece[64 * 1024];
    for (;;) {
        const la_ssize_t got = archive_read_data(tar, piece, sizeof piece);
        if (got < 0) return corrupt(tar, "is cut off or damaged in " + shown(name));
        if (got == 0) return bytes;
        bytes.append(piece, static_cast<std::size_t>(got));
        if (bytes.size() > room)
            return Error{ErrorCode::invalid,
                         "the package is larger than " + std::to_string(kMaxPackage >> 20) + " MiB"};
    }
}

}  // namespace

bool is_plain_name(std::string_view name) {
    if (name.empty() || name.size() > kLongestName) return false;
    bool begins = true;
    for (const char c : name) {
        const bool plain = (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') ||
                           c == '_' || c == '-';
        if (begins ? !plain : !(plain || c == '.' || c == '/')) return false;
        begins = c == '/';
    }
    return !begins;
}

Result<std::string> write_tar(const std::vector<ArchivedFile>& files) {
    std::string out;
    const Archive tar(archive_write_new());
    archive_write_set_format_ustar(tar.get());
    archive_write_set_bytes_in_last_block(tar.get(), 1);
    if (archive_write_open(tar.get(), &out, nullptr, append, nullptr) != ARCHIVE_OK)
        return corrupt(tar.get(), "cannot be written");
    for (const ArchivedFile& file : files) {
        const Entry entry(archive_entry_new());
        archive_entry_set_pathname(entry.get(), file.name.c_str());
        archive_entry_set_filetype(entry.get(), AE_IFREG);
        archive_entry_set_perm(entry.get(), 0644);
        archive_entry_set_mtime(entry.get(), 0, 0);
        archive_entry_set_size(entry.get(), static_cast<la_int64_t>(file.bytes.size()));
        if (!is_plain_name(file.name) || archive_write_header(tar.get(), entry.get()) != ARCHIVE_OK ||
            archive_write_data(tar.get(), file.bytes.data(), file.bytes.size()) < 0)
            return Error{ErrorCode::invalid,
                         shown(file.name) + " cannot be packed; expected a name such as schemas/answer.json"};
    }
    if (archive_write_close(tar.get()) != ARCHIVE_OK) return corrupt(tar.get(), "cannot be written");
    return out;
}

Result<std::vector<ArchivedFile>> read_tar(std::string_view bytes) {
    const Archive tar(archive_read_new());
    archive_read_support_format_tar(tar.get());
    if (archive_read_open_memory(tar.get(), bytes.data(), bytes.size()) != ARCHIVE_OK)
        return corrupt(tar.get(), "is no tar archive, as candour plugin pack writes it");
    std::vector<ArchivedFile> files;
    std::size_t room = kMaxPackage;
    archive_entry* entry = nullptr;
    for (;;) {
        const int next = archive_read_next_header(tar.get(), &entry);
        if (next == ARCHIVE_EOF) break;
        if (next != ARCHIVE_OK) return corrupt(tar.get(), "is no tar archive, or is cut off");
        if (const Done plain = check_entry(entry, files); !plain) return plain.error();
        std::string name = archive_entry_pathname(entry);
        Result<std::string> content = content_of(tar.get(), name, room);
        if (!content) return content.error();
        room -= content->size();
        files.push_back({std::move(name), *std::move(content)});
    }
    if (files.empty())
        return Error{ErrorCode::corrupt,
                     "the package is empty: expected a tar archive, as candour plugin pack writes it"};
    return files;
}

}  // namespace candour::package
