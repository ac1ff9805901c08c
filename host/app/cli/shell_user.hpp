/// Who sits at the shell, as the audit log names them.
#pragma once
#include <pwd.h>
#include <unistd.h>

#include <string>

#include "flow/identity/audit.hpp"

namespace candour::app::cli {

inline flow::Doer doer_at_the_shell() {
    const passwd* entry = getpwuid(getuid());
    return {"shell", entry != nullptr ? entry->pw_name : std::to_string(getuid()), ""};
}

}  // namespace candour::app::cli
