#include "support/mail/scripted_server.hpp"

#include <boost/asio/co_spawn.hpp>
#include <boost/asio/detached.hpp>
#include <boost/asio/redirect_error.hpp>
#include <boost/asio/write.hpp>

namespace candour::support {

using asio::ip::tcp;
using boost::system::error_code;

ScriptedServer::ScriptedServer(asio::io_context& io, std::vector<Script> scripts)
    : io_(io),
      acceptor_(io.get_executor(), tcp::endpoint(asio::ip::address_v4::loopback(), 0)),
      scripts_(std::move(scripts)) {
    asio::co_spawn(io.get_executor(), serve(), asio::detached);
}

void ScriptedServer::use_certificate(const std::string& certificate, const std::string& key) {
    tls_.use_certificate_file(certificate, asio::ssl::context::pem);
    tls_.use_private_key_file(key, asio::ssl::context::pem);
}

void ScriptedServer::stop_accepting() {
    error_code ignored;
    acceptor_.close(ignored);
}

flow::Task<void> ScriptedServer::serve() {
    error_code failed;
    auto token = asio::redirect_error(flow::use_task, failed);
    for (const Script& script : scripts_) {
        current_ = std::make_unique<Socket>(io_.get_executor());
        co_await acceptor_.async_accept(*current_, token);
        if (failed) co_return;
        ++connections_;
        co_await follow(script);
        secure_.reset();
        buffer_.clear();
        current_.reset();
    }
    acceptor_.close(failed);
}

flow::Task<void> ScriptedServer::follow(const Script& script) {
    for (const Step& each : script) {
        const bool followed = co_await step(each);
        if (!followed) co_return;
    }
}

flow::Task<bool> ScriptedServer::step(const Step& step) {
    error_code failed;
    auto token = asio::redirect_error(flow::use_task, failed);
    std::string taken;
    switch (step.kind) {
        case Step::Kind::say: {
            const auto bytes = asio::buffer(step.text);
            if (secure_) {
                co_await asio::async_write(*secure_, bytes, token);
            } else {
                co_await asio::async_write(*current_, bytes, token);
            }
            co_return !failed;
        }
        case Step::Kind::start_tls:
            secure_ = std::make_unique<Secure>(*current_, tls_);
            co_await secure_->async_handshake(asio::ssl::stream_base::server, token);
            log_.push_back(failed ? "<no TLS>" : "<TLS>");
            co_return !failed;
        case Step::Kind::hear_content: {
            const bool heard = co_await read_until("\r\n.\r\n", taken);
            if (heard) log_.push_back("<content>");
            if (heard) contents_.push_back(taken);
            co_return heard;
        }
        case Step::Kind::hear_end: {
            bool open = true;
            while (open) open = co_await more();
            log_.push_back(buffer_.empty() ? "<end>" : "<end after unread bytes>");
            co_return true;
        }
        case Step::Kind::hear:
            break;
    }
    const bool heard = co_await read_until("\r\n", taken);
    log_.push_back(heard ? taken.substr(0, taken.size() - 2) : "<end>");
    if (heard && !taken.starts_with(step.text)) log_.push_back("<expected " + step.text + ">");
    co_return heard&& taken.starts_with(step.text);
}

flow::Task<bool> ScriptedServer::read_until(std::string_view end, std::string& taken) {
    for (;;) {
        const std::size_t at = buffer_.find(end);
        if (at != std::string::npos) {
            taken = buffer_.substr(0, at + end.size());
            buffer_.erase(0, at + end.size());
            co_return true;
        }
        const bool got = co_await more();
        if (!got) co_return false;
    }
}

flow::Task<bool> ScriptedServer::more() {
    error_code failed;
    auto token = asio::redirect_error(flow::use_task, failed);
    std::array<char, 4096> bytes;
    const auto room = asio::buffer(bytes);
    std::size_t count = 0;
    if (secure_) {
        count = co_await secure_->async_read_some(room, token);
    } else {
        count = co_await current_->async_read_some(room, token);
    }
    buffer_.append(bytes.data(), count);
    co_return !failed;
}

}  // namespace candour::support
