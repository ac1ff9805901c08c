/// How a message leaves the house. SMTP is built in (edge/mail); plugins bring other channels (edge/plugin).
#pragma once
#include <functional>
#include <string>

#include "candour/ids.hpp"
#include "candour/result.hpp"
#include "flow/task.hpp"

namespace candour::flow {

/// A message ready to go: nothing in it is decided any more.
struct Outgoing {
    MessageId id;           ///< also the local part of its Message-ID, so that a resend is recognisable
    std::string channel;    ///< "mail", or a channel that a deliverer plugin serves
    std::string sender;     ///< envelope sender
    std::string recipient;  ///< envelope recipient: an address of the channel
    std::string content;    ///< mail: a complete RFC 5322 message; other channels: a message document (JSON)
    int attempt = 1;
};

enum class Fate {
    handed_over,  ///< the next system took responsibility (SMTP 250 for this recipient)
    deferred,     ///< not now: try again by the rule (4xx, no connection)
    rejected,     ///< never: a bounce in session (5xx)
    unknown,      ///< the connection was lost after the final dot: it may or may not have arrived
};

struct Outcome {
    Fate fate = Fate::deferred;
    int code = 0;        ///< SMTP reply code, or 0
    std::string status;  ///< enhanced status code such as "5.1.1", or empty
    std::string detail;  ///< one line for a person
};

/// Awaited before the act after which the recipient may have the message (SMTP: the final dot), and called
/// again when that has to be tried anew. When it fails the message is not sent and the outcome is `deferred`:
/// the intent must be durable first.
using PointOfNoReturn = std::function<Task<Done>()>;

class Deliverer {
 public:
    virtual ~Deliverer() = default;
    virtual Task<Outcome> deliver(Outgoing message, PointOfNoReturn before) = 0;
};

}  // namespace candour::flow
