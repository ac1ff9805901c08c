#include "app/tool/validation.hpp"

#include <algorithm>
#include <fstream>
#include <iterator>

namespace candour::app::tool {
namespace {

namespace fs = std::filesystem;

std::vector<Case> cases_for(const Wish& wish) {
    std::vector<Case> all = every_case();
    std::erase_if(all, [&wish](const Case& one) {
        const bool named =
            wish.only.empty() || std::ranges::any_of(wish.only, [&one](const std::string& name) {
                return one.id.starts_with(name);
            });
        return one.level > wish.level || !named;
    });
    return all;
}

fs::path folder_of(const fs::path& plugin) {
    std::error_code ec;
    return fs::is_directory(plugin, ec) ? plugin : fs::absolute(plugin).parent_path();
}

Result<std::string> read_whole(const fs::path& file) {
    std::ifstream stream(file, std::ios::binary);
    if (!stream)
        return Error{ErrorCode::not_found,
                     file.string() + ": expected a library, found no file that can be read"};
    return std::string{std::istreambuf_iterator<char>(stream), std::istreambuf_iterator<char>()};
}

std::string escaped(std::string_view text) {
    std::string out;
    for (const char c : text) {
        if (c == '<')
            out += "&lt;";
        else if (c == '>')
            out += "&gt;";
        else if (c == '&')
            out += "&amp;";
        else if (c == '"')
            out += "&quot;";
        else
            out += c == '\n' || c == '\t' || static_cast<unsigned char>(c) >= ' ' ? c : '?';
    }
    return out;
}

}  // namespace

std::size_t Validation::count(Outcome outcome) const {
    return static_cast<std::size_t>(std::ranges::count_if(
        findings, [outcome](const Finding& finding) { return finding.result.verdict.outcome == outcome; }));
}

std::vector<Case> every_case() {
    std::vector<Case> all;
    for (const auto& group :
         {file_cases, load_cases, life_cases, host_cases, input_cases, metric_cases, run_cases, worker_cases})
        for (Case& one : group()) all.push_back(std::move(one));
    return all;
}

Result<Subject> subject_at(const fs::path& plugin, std::uint64_t seed) {
    Result<plugin::Manifest> manifest = plugin::read_manifest(folder_of(plugin));
    if (!manifest) return manifest.error();
    Result<std::string> library = read_whole(manifest->library);
    if (!library) return library.error();
    return Subject{*std::move(manifest), *std::move(library), seed};
}

Result<Validation> validate(const Wish& wish, const std::function<void(const Finding&)>& told) {
    const Result<Subject> found = subject_at(wish.plugin, wish.seed);
    if (!found) return found.error();
    const Subject& subject = *found;
    const std::vector<Case> cases = cases_for(wish);
    if (cases.empty())
        return Error{ErrorCode::not_found, "no case fits; candour plugin validate --list names them"};
    Validation validation{subject.manifest.id, subject.manifest.version, {}};
    for (const Case& one : cases) {
        validation.findings.push_back({one, try_case(one, subject, wish.patience)});
        told(validation.findings.back());
    }
    return validation;
}

std::string junit_of(const Validation& validation) {
    std::string xml = "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n<testsuite name=\"" +
                      escaped(validation.plugin) + "\" tests=\"" +
                      std::to_string(validation.findings.size()) + "\" failures=\"" +
                      std::to_string(validation.count(Outcome::failed)) + "\" skipped=\"" +
                      std::to_string(validation.count(Outcome::skipped)) + "\">\n";
    for (const Finding& finding : validation.findings) {
        const Verdict& verdict = finding.result.verdict;
        xml += "  <testcase classname=\"level" + std::to_string(finding.tried.level) + "\" name=\"" +
               escaped(finding.tried.id) + "\" time=\"" +
               std::to_string(static_cast<double>(finding.result.took.count()) / 1000) + "\"";
        if (verdict.outcome == Outcome::passed)
            xml += "/>\n";
        else
            xml += std::string(">\n    <") + (verdict.outcome == Outcome::failed ? "failure" : "skipped") +
                   " message=\"" + escaped(verdict.why) + "\"/>\n  </testcase>\n";
    }
    return xml + "</testsuite>\n";
}

}  // namespace candour::app::tool
