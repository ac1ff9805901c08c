#include <boost/json.hpp>
#include <fstream>
#include <iostream>

#include "app/cli/output.hpp"
#include "app/cli/plugin_author.hpp"
#include "app/cli/private_file.hpp"
#include "crypto/signature.hpp"
#include "edge/package/package.hpp"

namespace candour::app::cli {
namespace {

namespace fs = std::filesystem;
using boost::json::object;

struct Packing {
    std::string folder, key, out;
};

Done write_bytes(const fs::path& file, const std::string& bytes) {
    std::ofstream stream(file, std::ios::binary);
    stream << bytes;
    if (stream.flush()) return done();
    return Error{ErrorCode::unavailable, file.string() + ": cannot be written"};
}

int keygen(const Line& line, const std::string& name) {
    const fs::path secret = name + ".key", open = name + ".pub";
    for (const fs::path& file : {secret, open})
        if (fs::exists(file))
            return fail(
                Error{ErrorCode::conflict,
                      file.string() + " exists already; a key that is overwritten cannot sign again"});
    const crypto::KeyPair pair = crypto::new_key_pair();
    if (const Done written = write_private(secret, pair.secret_pem); !written) return fail(written.error());
    if (const Done written = write_bytes(open, pair.public_pem); !written) return fail(written.error());
    const std::string mark = package::fingerprint(*crypto::public_key_in(pair.public_pem));
    if (line.shared.json)
        print_json(object{{"secret", secret.string()}, {"public", open.string()}, {"fingerprint", mark}});
    else
        std::cout << "Written: " << secret.string() << " (keep it secret) and " << open.string() << ", key "
                  << mark << ".\nWhoever puts " << open.filename().string()
                  << " into the folder plugins.trust takes what you sign.\n";
    return kOk;
}

int pack(const Line& line, const Packing& wish) {
    std::string key;
    if (!wish.key.empty()) {
        const Result<std::string> pem = read_file(wish.key);
        if (!pem) return fail(pem.error());
        key = *pem;
    }
    const Result<plugin::Manifest> manifest = plugin::read_manifest(wish.folder);
    if (!manifest) return fail(manifest.error());
    const Result<std::string> bytes = package::pack(wish.folder, key);
    if (!bytes) return fail(bytes.error());
    const fs::path out = wish.out.empty() ? manifest->id + "-" + manifest->version + ".cdrpkg" : wish.out;
    if (const Done written = write_bytes(out, *bytes); !written) return fail(written.error());
    const std::string digest = package::open_package(*bytes, package::TrustRoots())->digest;
    if (line.shared.json)
        print_json(object{{"file", out.string()},
                          {"plugin", manifest->id},
                          {"version", manifest->version},
                          {"digest", digest},
                          {"bytes", bytes->size()},
                          {"signed", !key.empty()}});
    else
        std::cout << "Packed: " << out.string() << ", " << bytes->size() / 1024 << " KiB, digest "
                  << digest.substr(0, 16)
                  << (key.empty() ? ", not signed: most hosts run it in a sandbox or refuse it\n"
                                  : ", signed\n");
    return kOk;
}

object described(const package::Package& package, const plugin::Manifest& manifest) {
    boost::json::array asks, files;
    for (const plugin::Permission& asked : manifest.permissions)
        asks.push_back(object{{"cap", asked.cap}, {"reason", asked.reason}, {"optional", asked.optional}});
    for (const package::ArchivedFile& file : package.files)
        files.push_back(object{{"name", file.name}, {"bytes", file.bytes.size()}});
    return object{{"plugin", manifest.id},
                  {"version", manifest.version},
                  {"name", manifest.name},
                  {"digest", package.digest},
                  {"signer", object{{"name", package.signer.name},
                                    {"fingerprint", package.signer.fingerprint},
                                    {"trusted", package.signer.trusted()}}},
                  {"permissions", asks},
                  {"files", files}};
}

std::string signer_in_words(const package::Signer& signer) {
    if (signer.fingerprint.empty()) return "nobody signed it";
    return signer.trusted() ? signer.name + " (key " + signer.fingerprint + ")"
                            : "key " + signer.fingerprint + ", which is not among the trusted ones";
}

/// What is unpacked only to be looked at goes again.
struct Scratch {
    Scratch() {
        std::string name = (fs::temp_directory_path() / "candour-inspect-XXXXXX").string();
        folder = mkdtemp(name.data()) ? name : "";
    }
    ~Scratch() {
        std::error_code ec;
        if (!folder.empty()) fs::remove_all(folder, ec);
    }
    fs::path folder;
};

int inspect(const Line& line, const std::string& file, const std::string& trust) {
    const Result<std::string> bytes = read_file(file);
    if (!bytes) return fail(bytes.error());
    const Result<package::TrustRoots> roots = package::TrustRoots::read(trust);
    if (!roots) return fail(roots.error());
    const Result<package::Package> opened = package::open_package(*bytes, *roots);
    if (!opened) return fail(Error{opened.error().code, file + ": " + opened.error().message});
    const Scratch scratch;
    const Result<plugin::Manifest> manifest = package::Shelf(scratch.folder).inspect(*opened);
    if (!manifest) return fail(Error{manifest.error().code, file + ": " + manifest.error().message});
    if (line.shared.json) {
        print_json(described(*opened, *manifest));
        return kOk;
    }
    std::cout << on_one_line(manifest->name) << ", " << manifest->id << " " << manifest->version
              << "\n  signed by  " << signer_in_words(opened->signer) << "\n  digest     " << opened->digest
              << "\n";
    for (const plugin::Permission& asked : manifest->permissions)
        std::cout << "  asks for   " << asked.cap << ": " << on_one_line(asked.reason)
                  << (asked.optional ? " (optional)" : "") << "\n";
    return kOk;
}

void add_inspect(CLI::App& plugin, Line& line) {
    CLI::App& command = add(
        plugin,
        {"inspect", "say what a package is, without running any of it",
         "Checks every part against its digest, the signature, the manifest and the library's machine, and "
         "tells what\nthe plugin asks for. Nothing is installed.",
         "candour plugin inspect acme-sms-1.4.0.cdrpkg --trust /etc/candour/trust.d"});
    auto file = std::make_shared<std::string>(), trust = std::make_shared<std::string>();
    command.add_option("FILE", *file, "a .cdrpkg")->required();
    command.add_option("--trust", *trust, "a folder with public keys, *.pub")->type_name("FOLDER");
    run_by(command, line, [&line, file, trust] { return inspect(line, *file, *trust); });
}

}  // namespace

void add_plugin_packing(CLI::App& plugin, Line& line) {
    CLI::App& keys = add(
        plugin, {"keygen", "make a key that signs packages",
                 "Writes NAME.key, which stays with you, and NAME.pub, which you give away (Ed25519, PEM).",
                 "candour plugin keygen acme"});
    auto name = std::make_shared<std::string>();
    keys.add_option("NAME", *name, "where to write it, without the ending")->required();
    run_by(keys, line, [&line, name] { return keygen(line, *name); });

    CLI::App& command = add(plugin, {"pack", "put a plugin's folder into one file, signed",
                                     "Takes everything in the folder: manifest.json, the library, further "
                                     "files such as README.md. The same "
                                     "folder\ngives the same package. Without --key it is not signed.",
                                     "candour plugin pack build/plugins/acme-sms --key acme.key\n"
                                     "candour plugin pack build/plugins/acme-sms --out /tmp/try.cdrpkg"});
    auto wish = std::make_shared<Packing>();
    command.add_option("FOLDER", wish->folder, "with manifest.json and the library")->required();
    command.add_option("--key", wish->key, "the secret key of candour plugin keygen")->type_name("FILE");
    command.add_option("--out", wish->out, "without it: ID-VERSION.cdrpkg")->type_name("FILE");
    run_by(command, line, [&line, wish] { return pack(line, *wish); });
    add_inspect(plugin, line);
}

}  // namespace candour::app::cli
