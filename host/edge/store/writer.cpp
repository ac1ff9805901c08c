#include "edge/store/writer.hpp"

#include <map>

#include "candour_queries.hpp"
#include "edge/store/failure.hpp"
#include "log/log.hpp"

namespace candour::store {
namespace {

/// The database undid the whole transaction by itself (a full disk does that): nothing of the group may go on
/// as if it were still inside one.
struct TransactionLost : std::exception {
    explicit TransactionLost(Error why) : error(std::move(why)) {}
    Error error;
};

bool ends_the_group(const std::exception& failure) {
    return lost_connection(failure) || dynamic_cast<const TransactionLost*>(&failure) != nullptr;
}

void undo_job(Session& session, const std::exception& why) {
    try {
        session.call(sql::transaction::undo).run();
        session.call(sql::transaction::release).run();
    } catch (const std::exception&) {
        throw TransactionLost(error_of(why));
    }
}

/// What is left to undo, if anything is.
void roll_back(Session& session) {
    try {
        session.call(sql::transaction::rollback).run();
    } catch (const std::exception&) {  // the database was faster
    }
}

/// Everything between the two either happened or did not. PostgreSQL needs it after any error inside a
/// transaction.
template <class Work>
void in_savepoint(Session& session, Work work) {
    session.call(sql::transaction::savepoint).run();
    try {
        work();
    } catch (const std::exception& failure) {
        if (!ends_the_group(failure)) undo_job(session, failure);
        throw;
    }
    session.call(sql::transaction::release).run();
}

/// Thrown out of a savepoint so that a job which says no leaves nothing behind.
struct Refused : std::exception {};

/// The jobs of one kind together; under nullptr those that run alone.
std::map<BatchStep*, std::vector<Job*>> steps_of(const std::vector<std::unique_ptr<Job>>& group) {
    std::map<BatchStep*, std::vector<Job*>> by_step;
    for (const std::unique_ptr<Job>& job : group) by_step[job->step()].push_back(job.get());
    return by_step;
}

void fail_all(const std::vector<std::unique_ptr<Job>>& group, const Error& error) {
    for (const std::unique_ptr<Job>& job : group) job->fail(error);
}

}  // namespace

Writer::Writer(boost::asio::io_context& io, Target target)
    : io_(io), connection_(std::move(target)), thread_([this] { work(); }) {}

Writer::~Writer() {
    {
        const std::lock_guard lock(mutex_);
        stopping_ = true;
    }
    wake_.notify_all();
    thread_.join();
}

void Writer::push(std::unique_ptr<Job> job) {
    bool full = false;
    {
        const std::lock_guard lock(mutex_);
        full = queue_.size() >= kMaxQueued;
        if (!full) queue_.push_back(std::move(job));
    }
    if (!full) return wake_.notify_one();
    job->fail({ErrorCode::exhausted, "too much is waiting to be written; try again in a moment"});
    Group refused;
    refused.push_back(std::move(job));
    answer(std::move(refused));
}

void Writer::work() {
    for (Group group; take_group(group); group.clear()) {
        commit_group(group);
        answer(std::move(group));
    }
}

bool Writer::take_group(Group& group) {
    std::unique_lock lock(mutex_);
    wake_.wait(lock, [this] { return stopping_ || !queue_.empty(); });
    const std::size_t size = std::min(queue_.size(), kMaxGroup);
    group.assign(std::make_move_iterator(queue_.begin()),
                 std::make_move_iterator(queue_.begin() + static_cast<std::ptrdiff_t>(size)));
    queue_.erase(queue_.begin(), queue_.begin() + static_cast<std::ptrdiff_t>(size));
    return !group.empty();
}

void Writer::commit_group(Group& group) {
    connection_.begin_talk();
    try {
        Session& session = connection_.session();
        if (commit_in_one_go(session, group)) return connection_.end_talk();
        session.call(sql::transaction::begin).run();
        try {
            run_all(session, group);
            session.call(sql::transaction::commit).run();
        } catch (const std::exception& failure) {
            if (!lost_connection(failure)) roll_back(session);
            throw;
        }
    } catch (const std::exception& failure) {
        const auto* lost = dynamic_cast<const TransactionLost*>(&failure);
        const Error error = lost != nullptr ? lost->error : error_of(failure);
        log::warn("store: {} job(s) were not written: {}", group.size(), error.message);
        fail_all(group, error);
        connection_.drop();
    }
    connection_.end_talk();
}

/// Almost every group is nothing but steps, and almost every one of these succeeds: no savepoints then. When
/// one does not, nothing has happened, and the group is done again the careful way.
bool Writer::commit_in_one_go(Session& session, Group& group) {
    const std::map<BatchStep*, std::vector<Job*>> by_step = steps_of(group);
    if (by_step.contains(nullptr)) return false;
    session.call(sql::transaction::begin).run();
    try {
        for (const auto& [step, jobs] : by_step) step->run(session, jobs);
        session.call(sql::transaction::commit).run();
        return true;
    } catch (const std::exception& failure) {
        if (lost_connection(failure)) throw;
        roll_back(session);
        return false;
    }
}

void Writer::run_all(Session& session, Group& group) {
    run_steps(session, group);
    for (const std::unique_ptr<Job>& job : group)
        if (job->step() == nullptr) run_alone(session, *job);
}

void Writer::run_steps(Session& session, Group& group) {
    for (auto& [step, jobs] : steps_of(group)) {
        if (step == nullptr) continue;
        try {
            in_savepoint(session, [&session, each = step, &all = jobs] { each->run(session, all); });
        } catch (const std::exception& failure) {
            if (ends_the_group(failure)) throw;
            // One poisoned row must not take its neighbours down: each gets a try of its own.
            for (Job* job : jobs) run_alone(session, *job);
        }
    }
}

void Writer::run_alone(Session& session, Job& job) {
    try {
        in_savepoint(session, [&] {
            if (job.step() != nullptr) {
                Job* const only[] = {&job};
                job.step()->run(session, only);
            } else {
                job.run(session);
            }
            if (!job.succeeded()) throw Refused{};
        });
    } catch (const Refused&) {
    } catch (const std::exception& failure) {
        if (ends_the_group(failure)) throw;
        job.fail(error_of(failure));
    }
}

void Writer::answer(Group group) {
    auto shared = std::make_shared<Group>(std::move(group));
    boost::asio::post(io_, [shared] {
        for (const std::unique_ptr<Job>& job : *shared) job->complete();
    });
}

Readers::Readers(boost::asio::io_context& io, const Target& target, std::size_t threads) : io_(io) {
    for (std::size_t i = 0; i < threads; ++i) connections_.push_back(std::make_unique<Connection>(target));
    for (const std::unique_ptr<Connection>& connection : connections_)
        threads_.emplace_back([this, &owned = *connection] { work(owned); });
}

Readers::~Readers() {
    {
        const std::lock_guard lock(mutex_);
        stopping_ = true;
    }
    wake_.notify_all();
    for (std::thread& thread : threads_) thread.join();
}

void Readers::push(std::unique_ptr<Job> job) {
    {
        const std::lock_guard lock(mutex_);
        queue_.push_back(std::move(job));
    }
    wake_.notify_one();
}

std::vector<Connection*> Readers::connections() {
    std::vector<Connection*> all;
    for (const std::unique_ptr<Connection>& connection : connections_) all.push_back(connection.get());
    return all;
}

void Readers::work(Connection& connection) {
    for (;;) {
        std::vector<std::unique_ptr<Job>> taken;
        {
            std::unique_lock lock(mutex_);
            wake_.wait(lock, [this] { return stopping_ || !queue_.empty(); });
            if (queue_.empty()) return;
            taken.swap(queue_);
        }
        for (const std::unique_ptr<Job>& job : taken) {
            connection.begin_talk();
            try {
                job->run(connection.session());
            } catch (const std::exception& failure) {
                job->fail(error_of(failure));
                if (lost_connection(failure)) connection.drop();
            }
            connection.end_talk();
        }
        auto shared = std::make_shared<std::vector<std::unique_ptr<Job>>>(std::move(taken));
        boost::asio::post(io_, [shared] {
            for (const std::unique_ptr<Job>& job : *shared) job->complete();
        });
    }
}

}  // namespace candour::store
