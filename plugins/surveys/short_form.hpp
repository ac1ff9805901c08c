/// One question from 0 to 10 and its reason, as a survey of one page.
#pragma once
#include <boost/json.hpp>

namespace candour::surveys {

/// `definition` fits the short form of survey.schema.json; what it leaves out comes from the catalogues.
boost::json::object whole_form_of(const boost::json::object& definition);

}  // namespace candour::surveys
