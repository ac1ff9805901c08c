// Boost.JSON's compiled half, private to this plugin: it shares nothing with the host's.
#include <boost/json/src.hpp>
