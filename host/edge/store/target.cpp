#include "edge/store/target.hpp"

namespace candour::store {
namespace {

/// Seconds. Another process (an import, a backup) may hold the write lock for a moment; SOCI's default is not
/// to wait.
constexpr const char* kSqliteBusyTimeout = "30";

/// libpq waits for ever otherwise, and a host that hangs serves nobody.
void add_connect_timeout(std::string& url) {
    if (url.find("connect_timeout=") != std::string::npos) return;
    url += url.find('?') == std::string::npos ? '?' : '&';
    url += "connect_timeout=3";
}

}  // namespace

Result<Target> Target::parse(const std::string& url) {
    if (url.starts_with("sqlite:")) {
        const std::string path = url.substr(7);
        if (path.empty() || path.find_first_of("'\"") != std::string::npos)
            return Error{ErrorCode::invalid,
                         "database: expected sqlite:PATH without quotes, found \"" + url + "\""};
        return Target{Dialect::sqlite, "db=\"" + path + "\" timeout=" + kSqliteBusyTimeout, path};
    }
    if (url.starts_with("postgresql://") || url.starts_with("postgres://")) {
        Target target;
        target.dialect = Dialect::postgresql;
        target.connect = url;
        add_connect_timeout(target.connect);
        return target;
    }
    return Error{
        ErrorCode::invalid,
        "database: expected sqlite:PATH or postgresql://USER@HOST/NAME, found something that starts with \"" +
            url.substr(0, url.find(':')) + "\""};
}

}  // namespace candour::store
