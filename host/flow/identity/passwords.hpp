/// Passwords are slow on purpose. They are hashed on a thread of their own, one after the other, so that a
/// crowd at the door keeps nobody from working inside, nor takes all memory.
#pragma once
#include <boost/asio/thread_pool.hpp>

#include <functional>
#include <string>

#include "candour/result.hpp"
#include "flow/task.hpp"

namespace candour::flow {

class Passwords {
 public:
    explicit Passwords(boost::asio::io_context& io) : io_(io) {}
    ~Passwords() { thread_.join(); }

    /// Errors: exhausted when too many are waiting.
    Task<Result<std::string>> hash(std::string password);
    /// Without a hash it is never the right one, and takes as long.
    Task<Result<bool>> fits(std::string password, std::string hash);

 private:
    Task<Result<std::string>> run(std::function<std::string()> work);

    boost::asio::io_context& io_;
    boost::asio::thread_pool thread_{1};
    int waiting_ = 0;  ///< of the io thread
};

/// Errors: invalid: too short, too long, or what everybody would try first.
Done check_password(const std::string& password, const std::string& email, const std::string& name);

}  // namespace candour::flow
