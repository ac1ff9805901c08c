#include "edge/store/database.hpp"

namespace candour::store {
namespace {

/// Two cores serve a host; more readers only wait for each other.
constexpr std::size_t kReaders = 2;

std::vector<Connection*> all_of(Writer& writer, Readers& readers) {
    std::vector<Connection*> all = readers.connections();
    all.push_back(&writer.connection());
    return all;
}

}  // namespace

Database::Database(boost::asio::io_context& io, const Target& target, std::chrono::milliseconds silence)
    : dialect_(target.dialect), writer_(io, target), readers_(io, target, kReaders) {
    if (dialect_ == Dialect::sqlite) checkpointer_ = std::make_unique<Checkpointer>(target);
    if (dialect_ == Dialect::postgresql)
        watchdog_ = std::make_unique<Watchdog>(all_of(writer_, readers_), silence);
}

}  // namespace candour::store
