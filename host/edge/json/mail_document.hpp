/// A mail that came in, as the API tells it.
#pragma once
#include <boost/json/object.hpp>

#include "flow/ingest/mails.hpp"

namespace candour::json {

boost::json::object mail_document(const flow::MailRow& row);
/// With what was read in it.
boost::json::object whole_mail_document(const flow::MailRow& row);

}  // namespace candour::json
