// SPDX-License-Identifier: Apache-2.0

// Which invoices and credits are a customer's: counted, then laid out, in the order of the book.

/// Places in a list, those of one customer together.
struct PlacesByCustomer: Sendable {
    private let places: [Int32]
    private let starts: [Int32]

    /// Takes how many there are, and whose each is; what is nobody's is left out.
    @inline(__always)
    init(_ count: Int, customers: Int, _ customer: (Int) -> Int32) {
        var starts = [Int32](repeating: 0, count: customers + 1)
        for place in 0..<count {
            let party = Int(customer(place))
            if party >= 0, party < customers { starts[party + 1] &+= 1 }
        }
        for party in 0..<customers { starts[party + 1] &+= starts[party] }
        var places = [Int32](repeating: 0, count: Int(starts[customers]))
        var next = starts
        for place in 0..<count {
            let party = Int(customer(place))
            guard party >= 0, party < customers else { continue }
            places[Int(next[party])] = Int32(truncatingIfNeeded: place)
            next[party] &+= 1
        }
        (self.places, self.starts) = (places, starts)
    }

    /// Those of a customer.
    subscript(customer: Int) -> ArraySlice<Int32> {
        guard customer >= 0, customer + 1 < starts.count else { return [] }
        return places[Int(starts[customer])..<Int(starts[customer + 1])]
    }
}
