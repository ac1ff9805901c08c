/// The PostgreSQL that all tests of one program share: started by the first test that asks, gone when the
/// last is done.
#pragma once
#include <functional>
#include <string>

#include "support/postgres_server.hpp"

namespace candour::support {

class Postgres final {
 public:
    /// URL of a new database that no other test uses. It is dropped when another test asks for one;
    /// a database asked for outside of a test (SetUpTestSuite) stays until the program ends.
    static std::string fresh_database();
    /// The same, as a copy of a prepared one: `prepare(url)` runs once per `kind` (migrations, say).
    /// It must have closed its connections when it returns, or the copy is refused.
    static std::string fresh_database(const std::string& kind,
                                      const std::function<void(const std::string&)>& prepare);

    /// The server itself, to stop, kill, freeze, thaw and start it. A test that ends with it stopped or
    /// frozen disturbs no other: it is started again for the next fresh database.
    static PostgresServer& server();
};

}  // namespace candour::support
