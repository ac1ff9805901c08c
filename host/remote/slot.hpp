/// A slot of a vtable as a call through a channel: `forward` is what the caller finds in its vtable, `serve`
/// is what the other process does with the frame. Both are made from the slot's own type.
#pragma once
#include <array>
#include <stdexcept>
#include <tuple>
#include <utility>

#include "remote/argument.hpp"
#include "remote/peer.hpp"

namespace candour::remote {

/// In place of a status: an exception came out of the slot; its words follow.
inline constexpr cdr_status kThrew = -1;

namespace detail {

template <class Held, std::size_t... I>
void read_all(Held& held, BodyReader& in, std::index_sequence<I...>) {
    (std::get<I>(held).read(in), ...);
}
template <class Held, std::size_t... I>
void write_all(const Held& held, BodyWriter& out, std::index_sequence<I...>) {
    (std::get<I>(held).write(out), ...);
}
template <class Held, std::size_t... I>
void receive_all(Held& given, BodyReader& in, std::index_sequence<I...>) {
    (Argument<std::tuple_element_t<I, Held>>::receive(in, std::get<I>(given)), ...);
}

/// `Type` is that of the slot's pointer in the vtable.
template <class Type>
struct Signature;  // undefined unless the slot returns a cdr_status and takes its context first

template <class Table, class... Args>
struct Signature<cdr_status (*Table::*)(void*, Args...)> {
    using Given = std::tuple<Args...>;
    static constexpr std::size_t kResults = sizeof...(Args) - 1;
    static_assert(std::is_same_v<std::tuple_element_t<kResults, Given>, cdr_error*>,
                  "the last argument of a slot is a cdr_error*: abi.h, R4");
    using Results = std::make_index_sequence<kResults>;

    template <std::uint8_t I, std::uint16_t N>
    static cdr_status forward(void* ctx, Args... args) {
        Peer& peer = *static_cast<Peer*>(ctx);
        Given given{args...};
        cdr_error* const error = std::get<kResults>(given);
        Exchange exchange(peer);
        (Argument<Args>::send(exchange.request(), args), ...);
        if (const Done asked = exchange.ask({I, N}); !asked) return sdk::report(error, asked.error());
        BodyReader& in = exchange.reply();
        const auto status = in.number<cdr_status>();
        if (status == CDR_OK)
            receive_all(given, in, Results());
        else if (status == kThrew)
            throw std::runtime_error(std::string(in.text()));
        else
            Argument<cdr_error*>::receive(in, status, error);
        if (in.complete()) return status;
        return sdk::report(error, peer.malformed("a reply that is not what the slot returns"));
    }

    template <std::uint8_t I, std::uint16_t N>
    static cdr_status tell(void* ctx, Args... args) {
        BodyWriter out;
        (Argument<Args>::send(out, args), ...);
        static_cast<Peer*>(ctx)->tell({I, N}, out.bytes());
        return CDR_OK;
    }

    template <auto Slot>
    static bool serve(const Table& table, void* ctx, BodyReader& in, BodyWriter& out) {
        std::tuple<typename Argument<Args>::Held...> held;
        read_all(held, in, std::index_sequence_for<Args...>());
        if (!in.complete()) return false;
        const auto run = [&](auto&... one) { return (table.*Slot)(ctx, one.given()...); };
        const cdr_status status = std::apply(run, held);
        out.number(status == kThrew ? cdr_status{CDR_E_INTERNAL} : status);
        if (status == CDR_OK)
            write_all(held, out, Results());
        else
            std::get<kResults>(held).write(out);
        return true;
    }
};

}  // namespace detail

/// A call with an answer.
template <auto Slot>
struct Call {
    using Signature = detail::Signature<decltype(Slot)>;
    template <std::uint8_t I, std::uint16_t N, class Table>
    static void forward(Table& table) {
        table.*Slot = &Signature::template forward<I, N>;
    }
    template <class Table>
    static bool serve(const Table& table, void* ctx, BodyReader& in, BodyWriter& out) {
        return Signature::template serve<Slot>(table, ctx, in, out);
    }
    template <class Table>
    static bool empty(const Table& table) {
        return table.*Slot == nullptr;
    }
    template <class Table>
    static void take_out(Table& table) {
        table.*Slot = nullptr;
    }
};

/// One that nobody waits for.
template <auto Slot>
struct Word : Call<Slot> {
    template <std::uint8_t I, std::uint16_t N, class Table>
    static void forward(Table& table) {
        table.*Slot = &detail::Signature<decltype(Slot)>::template tell<I, N>;
    }
};

/// One that each process answers for itself, because its result is an address.
template <auto Slot>
struct Local {
    template <std::uint8_t I, std::uint16_t N, class Table>
    static void forward(Table&) {}
    template <class Table>
    static bool serve(const Table&, void*, BodyReader&, BodyWriter&) {
        return false;
    }
    template <class Table>
    static bool empty(const Table& table) {
        return table.*Slot == nullptr;
    }
    template <class Table>
    static void take_out(Table&) {}
};

/// A vtable: its number on the wire, where its slots begin, and all of them in their order.
template <std::uint8_t Number, class T, std::size_t Begin, class... Slots>
struct Interface {
    using Table = T;
    static constexpr std::uint8_t kNumber = Number;
    static constexpr std::size_t kSlots = sizeof...(Slots);
    static_assert(sizeof(Table) == Begin + kSlots * sizeof(void (*)()),
                  "a slot of this vtable is missing from its list in remote/interfaces.hpp");

    /// Every slot calls the other process.
    static Table forwarding() {
        Table table{};
        table.struct_size = sizeof(Table);
        fill(table, std::make_index_sequence<kSlots>());
        return table;
    }
    /// One bit for each slot that is there, as far as its owner's struct goes.
    static std::uint64_t present(const Table* table) {
        std::uint64_t bits = 0;
        std::size_t n = 0;
        ((bits |= std::uint64_t{table != nullptr && reaches(*table, n) && !Slots::empty(*table)} << n, ++n),
         ...);
        return bits;
    }
    static void keep(Table& table, std::uint64_t bits) {
        std::size_t n = 0;
        ((((bits >> n++) & 1U) == 0 ? Slots::take_out(table) : void()), ...);
    }
    /// false: the request is not what the slot takes.
    static bool serve(std::uint16_t slot, const Table& table, void* ctx, BodyReader& in, BodyWriter& out) {
        using Serve = bool (*)(const Table&, void*, BodyReader&, BodyWriter&);
        static constexpr std::array<Serve, kSlots> serving{&Slots::template serve<Table>...};
        if (slot >= kSlots) return false;
        if (((present(&table) >> slot) & 1U) != 0) return serving[slot](table, ctx, in, out);
        out.number(cdr_status{CDR_E_UNSUPPORTED});
        out.number(std::uint32_t{0});
        out.text("the other side does not have this slot");
        return true;
    }

 private:
    static bool reaches(const Table& table, std::size_t n) {
        return table.struct_size >= Begin + (n + 1) * sizeof(void (*)());
    }
    template <std::size_t... N>
    static void fill(Table& table, std::index_sequence<N...>) {
        (Slots::template forward<Number, static_cast<std::uint16_t>(N)>(table), ...);
    }
};

}  // namespace candour::remote
