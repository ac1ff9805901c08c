#include "app/tool/scaffold.hpp"

#include <algorithm>
#include <array>
#include <cctype>
#include <fstream>
#include <regex>
#include <string_view>

#include "plugin_template.hpp"
#include "plugin_template_c.hpp"
#include "plugin_template_cpp.hpp"
#include "plugin_template_roles.hpp"
#include "plugin_template_rust.hpp"

namespace candour::app::tool {
namespace {

namespace fs = std::filesystem;

struct RoleTexts {
    std::string_view role, manifest, test, c, cpp, rust;
};

constexpr std::array kRoles{
    RoleTexts{"collector", roles::collector_json, roles::collector_test_cpp, c::collector_c,
              cpp::collector_cpp, rust::collector_rs},
    RoleTexts{"deliverer", roles::deliverer_json, roles::deliverer_test_cpp, c::deliverer_c,
              cpp::deliverer_cpp, rust::deliverer_rs},
    RoleTexts{"metric", roles::metric_json, roles::metric_test_cpp, c::metric_c, cpp::metric_cpp,
              rust::metric_rs},
    RoleTexts{"signal", roles::signal_json, roles::signal_test_cpp, c::signal_c, cpp::signal_cpp,
              rust::signal_rs},
    RoleTexts{"campaign", roles::campaign_json, roles::campaign_test_cpp, c::campaign_c, cpp::campaign_cpp,
              rust::campaign_rs},
};

struct File {
    std::string name;
    std::string text;
};

std::vector<File> files_of(const RoleTexts& role, const std::string& language) {
    std::vector<File> files{{".gitignore", std::string(any::gitignore)},
                            {"README.md", std::string(any::README_md)},
                            {"manifest.json", std::string(role.manifest)},
                            {"plugin_test.cpp", std::string(role.test)}};
    const auto add = [&files](const char* name, std::string_view text) {
        files.push_back({name, std::string(text)});
    };
    if (language == "cpp") {
        add("CMakeLists.txt", cpp::CMakeLists_txt);
        add("plugin.cpp", role.cpp);
    } else if (language == "c") {
        add("CMakeLists.txt", c::CMakeLists_txt);
        add("plugin.c", role.c);
        add("text.h", c::text_h);
        add("life.h", c::life_h);
    } else {
        add("CMakeLists.txt", rust::CMakeLists_txt);
        add("plugin.rs", role.rust);
        add("abi.rs", rust::abi_rs);
    }
    return files;
}

void replace_all(std::string& text, std::string_view from, const std::string& to) {
    for (std::size_t at = 0; (at = text.find(from, at)) != std::string::npos; at += to.size())
        text.replace(at, from.size(), to);
}

/// The templates are plugins themselves; what they call themselves becomes the author's name.
struct Names {
    std::string id, word, type, title;
};

Names names_of(const std::string& id) {
    Names names{id, {}, {}, {}};
    bool starts = true;
    for (const char c : id) {
        const bool letter = std::isalnum(static_cast<unsigned char>(c)) != 0;
        names.word += letter ? c : '_';
        if (letter) names.type += starts ? static_cast<char>(std::toupper(static_cast<unsigned char>(c))) : c;
        names.title += letter ? c : ' ';
        starts = !letter;
    }
    names.title[0] = static_cast<char>(std::toupper(static_cast<unsigned char>(names.title[0])));
    return names;
}

std::string renamed(std::string text, const Names& names) {
    replace_all(text, "my-plugin", names.id);
    replace_all(text, "my_plugin", names.word);
    replace_all(text, "MyPlugin", names.type);
    replace_all(text, "My plugin", names.title);
    return text;
}

/// Short enough for a channel and a stream, which are named after it.
Done check_id(const std::string& id) {
    static const std::regex pattern("[a-z][a-z0-9_]*([.-][a-z0-9_]+)*");
    if (id.size() <= 32 && std::regex_match(id, pattern)) return done();
    return Error{ErrorCode::invalid,
                 "expected a name of at most 32 letters a-z, digits and underscores, with . or - between its "
                 "words, such as acme-sms; found \"" +
                     id + "\""};
}

Done write_file(const fs::path& file, const std::string& text) {
    std::ofstream stream(file, std::ios::binary);
    stream << text;
    if (stream.flush()) return done();
    return Error{ErrorCode::unavailable, file.string() + ": cannot be written"};
}

}  // namespace

std::vector<std::string> scaffold_roles() {
    std::vector<std::string> names;
    for (const RoleTexts& role : kRoles) names.emplace_back(role.role);
    return names;
}

std::vector<std::string> scaffold_languages() {
    return {"cpp", "c", "rust"};
}

Result<std::vector<std::string>> write_scaffold(const Scaffold& wish) {
    if (const Done good = check_id(wish.id); !good) return good.error();
    const auto role = std::ranges::find(kRoles, wish.role, &RoleTexts::role);
    if (role == kRoles.end())
        return Error{ErrorCode::not_found, "there is no template for the role " + wish.role};
    std::error_code ec;
    if (fs::exists(wish.folder, ec) && !fs::is_empty(wish.folder, ec))
        return Error{ErrorCode::conflict,
                     wish.folder.string() + " exists already and is not empty; choose another --dir"};
    fs::create_directories(wish.folder, ec);
    if (ec) return Error{ErrorCode::unavailable, wish.folder.string() + ": " + ec.message()};
    const Names names = names_of(wish.id);
    std::vector<std::string> written;
    for (const File& file : files_of(*role, wish.language)) {
        const Done stored = write_file(wish.folder / file.name, renamed(file.text, names));
        if (!stored) return stored.error();
        written.push_back(file.name);
    }
    return written;
}

}  // namespace candour::app::tool
