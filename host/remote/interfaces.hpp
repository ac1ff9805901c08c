/// Every vtable of abi.h with all its slots, in their order. A slot that abi.h gains is missing here until it
/// is written down, and until then nothing compiles.
#pragma once
#include <cstddef>

#include "remote/slot.hpp"

namespace candour::remote {

// The host, as the plugin sees it.
using HostTable =
    Interface<1, cdr_host, offsetof(cdr_host, query), Local<&cdr_host::query>, Word<&cdr_host::log>,
              Call<&cdr_host::config>, Call<&cdr_host::now>, Call<&cdr_host::cancelled>>;
using KvTable = Interface<2, cdr_kv, offsetof(cdr_kv, get), Call<&cdr_kv::get>, Call<&cdr_kv::put>,
                          Call<&cdr_kv::erase>, Call<&cdr_kv::scan>>;
using IngestTable = Interface<3, cdr_ingest, offsetof(cdr_ingest, put_json), Call<&cdr_ingest::put_json>,
                              Call<&cdr_ingest::put_batch>>;
using TimerTable =
    Interface<4, cdr_timer, offsetof(cdr_timer, set), Call<&cdr_timer::set>, Call<&cdr_timer::clear>>;
using HttpTable = Interface<5, cdr_http, offsetof(cdr_http, respond), Call<&cdr_http::respond>>;
using MailTable = Interface<6, cdr_mail, offsetof(cdr_mail, send), Call<&cdr_mail::send>>;
using DataTable = Interface<7, cdr_data, offsetof(cdr_data, read), Call<&cdr_data::read>>;
using EgressTable = Interface<8, cdr_egress, offsetof(cdr_egress, fetch), Call<&cdr_egress::fetch>>;

// The plugin, as the host sees it.
using PluginTable = Interface<16, cdr_plugin, offsetof(cdr_plugin, create), Local<&cdr_plugin::create>,
                              Local<&cdr_plugin::destroy>, Local<&cdr_plugin::query>,
                              Call<&cdr_plugin::start>, Call<&cdr_plugin::stop>, Call<&cdr_plugin::on_event>>;
using CollectorTable =
    Interface<17, cdr_collector, offsetof(cdr_collector, handle_http), Call<&cdr_collector::handle_http>,
              Call<&cdr_collector::handle_mail>, Call<&cdr_collector::import_piece>>;
using DelivererTable =
    Interface<18, cdr_deliverer, offsetof(cdr_deliverer, deliver), Call<&cdr_deliverer::deliver>>;
using MetricTable =
    Interface<19, cdr_metric, offsetof(cdr_metric, unit), Call<&cdr_metric::unit>,
              Call<&cdr_metric::finalize>, Call<&cdr_metric::movements>, Call<&cdr_metric::summarise>>;
using CampaignTable =
    Interface<20, cdr_campaign, offsetof(cdr_campaign, compose), Call<&cdr_campaign::compose>>;
using SignalTable = Interface<21, cdr_signal, offsetof(cdr_signal, evaluate), Call<&cdr_signal::evaluate>>;

/// The interfaces and roles that are asked for by id.
template <class I>
struct Named {
    using Interface = I;
    std::string_view id;
};
inline constexpr std::tuple kServices{
    Named<KvTable>{CDR_IFACE_KV},        Named<IngestTable>{CDR_IFACE_INGEST},
    Named<TimerTable>{CDR_IFACE_TIMER},  Named<HttpTable>{CDR_IFACE_HTTP},
    Named<MailTable>{CDR_IFACE_MAIL},    Named<DataTable>{CDR_IFACE_DATA},
    Named<EgressTable>{CDR_IFACE_EGRESS}};
inline constexpr std::tuple kRoles{
    Named<CollectorTable>{CDR_ROLE_COLLECTOR}, Named<DelivererTable>{CDR_ROLE_DELIVERER},
    Named<MetricTable>{CDR_ROLE_METRIC}, Named<CampaignTable>{CDR_ROLE_CAMPAIGN},
    Named<SignalTable>{CDR_ROLE_SIGNAL}};

/// Calls `visit` with each of them.
template <class List, class Visit>
constexpr void each(const List& list, Visit&& visit) {
    std::apply([&](const auto&... one) { (visit(one), ...); }, list);
}

}  // namespace candour::remote
