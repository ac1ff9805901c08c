#include "edge/package/library_file.hpp"

#include <gelf.h>
#include <libelf.h>

#include <algorithm>
#include <cstring>
#include <memory>

namespace candour::package {
namespace {

struct Ended {
    void operator()(Elf* elf) const { elf_end(elf); }
};
using Image = std::unique_ptr<Elf, Ended>;

std::string machine_name(unsigned number) {
    if (number == EM_X86_64) return "x86-64";
    if (number == EM_AARCH64) return "AArch64";
    return "machine " + std::to_string(number);
}

std::string text_in(Elf* elf, std::size_t section, std::size_t offset) {
    const char* text = elf_strptr(elf, section, offset);
    return text ? text : "";
}

/// Versions of symbols by their index: what GLIBC_2.x stands behind an undefined one.
class Versions {
 public:
    void read_needs(Elf* elf, Elf_Scn* section, const GElf_Shdr& header) {
        Elf_Data* data = elf_getdata(section, nullptr);
        int offset = 0;
        for (unsigned i = 0; data && i < header.sh_info; ++i) {
            GElf_Verneed need;
            if (!gelf_getverneed(data, offset, &need)) return;
            int at = offset + static_cast<int>(need.vn_aux);
            for (unsigned j = 0; j < need.vn_cnt; ++j) {
                GElf_Vernaux aux;
                if (!gelf_getvernaux(data, at, &aux)) return;
                set(aux.vna_other & 0x7fffu, text_in(elf, header.sh_link, aux.vna_name));
                at += static_cast<int>(aux.vna_next);
            }
            offset += static_cast<int>(need.vn_next);
        }
    }
    void read_indices(Elf_Scn* section) { indices_ = elf_getdata(section, nullptr); }
    std::string of(int symbol) const {
        GElf_Versym index = 0;
        if (!indices_ || !gelf_getversym(indices_, symbol, &index)) return {};
        index &= 0x7fffu;
        return index < names_.size() ? names_[index] : std::string();
    }

 private:
    void set(std::size_t index, std::string name) {
        if (index >= names_.size()) names_.resize(index + 1);
        names_[index] = std::move(name);
    }
    Elf_Data* indices_ = nullptr;
    std::vector<std::string> names_;
};

void read_symbols(Elf* elf, Elf_Scn* section, const GElf_Shdr& header, const Versions& versions,
                  LibraryFile& library) {
    Elf_Data* data = elf_getdata(section, nullptr);
    const int count = header.sh_entsize ? static_cast<int>(header.sh_size / header.sh_entsize) : 0;
    for (int i = 1; data && i < count; ++i) {
        GElf_Sym symbol;
        if (!gelf_getsym(data, i, &symbol)) return;
        const auto binding = GELF_ST_BIND(symbol.st_info);
        const std::string name = text_in(elf, header.sh_link, symbol.st_name);
        if (binding == STB_LOCAL || name.empty()) continue;
        if (binding == STB_GNU_UNIQUE) library.unique.push_back(name);
        if (symbol.st_shndx != SHN_UNDEF) {
            library.exported.push_back(name);
        } else {
            const std::string version = versions.of(i);
            // A weak symbol may stay without an answer: __gmon_start__ and its like.
            if (binding != STB_WEAK || !version.empty())
                library.undefined.push_back(version.empty() ? name : name + "@" + version);
        }
    }
}

void read_dynamic(Elf* elf, Elf_Scn* section, const GElf_Shdr& header, LibraryFile& library) {
    Elf_Data* data = elf_getdata(section, nullptr);
    const int count = header.sh_entsize ? static_cast<int>(header.sh_size / header.sh_entsize) : 0;
    for (int i = 0; data && i < count; ++i) {
        GElf_Dyn entry;
        if (!gelf_getdyn(data, i, &entry) || entry.d_tag == DT_NULL) return;
        if (entry.d_tag == DT_NEEDED)
            library.needed.push_back(text_in(elf, header.sh_link, entry.d_un.d_val));
        if (entry.d_tag == DT_RPATH || entry.d_tag == DT_RUNPATH)
            library.run_path = text_in(elf, header.sh_link, entry.d_un.d_val);
        const bool flags = entry.d_tag == DT_FLAGS, flags_1 = entry.d_tag == DT_FLAGS_1;
        if (entry.d_tag == DT_TEXTREL || (flags && (entry.d_un.d_val & DF_TEXTREL) != 0))
            library.text_relocations = true;
        if (entry.d_tag == DT_BIND_NOW || (flags && (entry.d_un.d_val & DF_BIND_NOW) != 0) ||
            (flags_1 && (entry.d_un.d_val & DF_1_NOW) != 0))
            library.bind_now = true;
    }
}

void read_segments(Elf* elf, LibraryFile& library) {
    std::size_t count = 0;
    if (elf_getphdrnum(elf, &count) != 0) return;
    for (std::size_t i = 0; i < count; ++i) {
        GElf_Phdr segment;
        if (!gelf_getphdr(elf, static_cast<int>(i), &segment)) return;
        if (segment.p_type == PT_GNU_RELRO) library.relro = true;
        if (segment.p_type == PT_GNU_STACK && (segment.p_flags & PF_X) != 0) library.executable_stack = true;
    }
}

template <class Visit>
void each_section(Elf* elf, Visit visit) {
    for (Elf_Scn* section = nullptr; (section = elf_nextscn(elf, section)) != nullptr;) {
        GElf_Shdr header;
        if (gelf_getshdr(section, &header)) visit(section, header);
    }
}

}  // namespace

std::string LibraryFile::newest_glibc() const {
    std::pair<int, int> newest{0, 0};
    for (const std::string& symbol : undefined) {
        int major = 0, minor = 0;
        const std::size_t at = symbol.find("@GLIBC_");
        if (at == std::string::npos || std::sscanf(symbol.c_str() + at, "@GLIBC_%d.%d", &major, &minor) != 2)
            continue;
        newest = std::max(newest, {major, minor});
    }
    return newest.first == 0 ? ""
                             : "GLIBC_" + std::to_string(newest.first) + "." + std::to_string(newest.second);
}

Result<LibraryFile> read_library(std::string_view bytes, const std::string& name) {
    const auto corrupt = [&name](const std::string& what) {
        return Error{ErrorCode::corrupt, name + ": " + what};
    };
    if (bytes.size() < EI_NIDENT || std::memcmp(bytes.data(), ELFMAG, SELFMAG) != 0)
        return corrupt("expected a shared library (ELF), found something else");
    elf_version(EV_CURRENT);
    std::string copy(bytes);  // libelf wants memory that it may write
    const Image elf(elf_memory(copy.data(), copy.size()));
    GElf_Ehdr header;
    if (!elf || !gelf_getehdr(elf.get(), &header)) return corrupt("the file is cut off or damaged");
    if (header.e_shoff + static_cast<std::uint64_t>(header.e_shnum) * header.e_shentsize > bytes.size())
        return corrupt("the file is cut off: its sections end behind its last byte");
    LibraryFile library;
    library.machine = machine_name(header.e_machine);
    library.shared = header.e_type == ET_DYN;
    read_segments(elf.get(), library);
    Versions versions;
    each_section(elf.get(), [&](Elf_Scn* section, const GElf_Shdr& kind) {
        if (kind.sh_type == SHT_GNU_verneed) versions.read_needs(elf.get(), section, kind);
        if (kind.sh_type == SHT_GNU_versym) versions.read_indices(section);
    });
    each_section(elf.get(), [&](Elf_Scn* section, const GElf_Shdr& kind) {
        if (kind.sh_type == SHT_DYNSYM) read_symbols(elf.get(), section, kind, versions, library);
        if (kind.sh_type == SHT_DYNAMIC) read_dynamic(elf.get(), section, kind, library);
    });
    return library;
}

std::string this_machine() {
#if defined(__x86_64__)
    return machine_name(EM_X86_64);
#elif defined(__aarch64__)
    return machine_name(EM_AARCH64);
#else
    return "another machine";
#endif
}

Done check_machine(std::string_view bytes, const std::string& name) {
    const Result<LibraryFile> library = read_library(bytes, name);
    if (!library) return library.error();
    if (library->machine != this_machine())
        return Error{ErrorCode::unsupported, name + ": it was built for " + library->machine +
                                                 ", this host runs on " + this_machine() +
                                                 "; ask its author for that build"};
    if (!library->shared)
        return Error{ErrorCode::corrupt,
                     name + ": expected a shared library, found a program or an object file"};
    return done();
}

}  // namespace candour::package
