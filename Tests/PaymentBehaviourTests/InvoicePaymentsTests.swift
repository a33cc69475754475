// SPDX-License-Identifier: Apache-2.0

// Payments of an invoice are a list, wherever the first of them lies: held against an array.

import CreditFacts
import Quantities
import TestRandomness
import Testing

@Suite struct InvoicePaymentsTests {
    private static func payment(_ number: Int) -> InvoicePayment {
        var payment = InvoicePayment(
            date: CalendarDate(dayNumber: 20_000 + number % 97) ?? .first,
            cents: Int64(number) + 1,
            isPresumed: number % 3 == 0
        )
        if number % 4 == 0 { payment.returned = CalendarDate(dayNumber: 20_100 + number) }
        return payment
    }

    @Test(arguments: 0..<20)
    func areAnArray(seed: Int) {
        var generator = SeededGenerator(seed: seed)
        var (list, array): (InvoicePayments, [InvoicePayment]) = ([], [])
        for step in 0..<200 {
            let next = Self.payment(seed * 1_000 + step)
            let place = Int.random(in: 0...array.count, using: &generator)
            switch Int.random(in: 0..<8, using: &generator) {
            case 0...2:
                list.append(next)
                array.append(next)
            case 3 where place < array.count:
                list[place].cents += 7
                array[place].cents += 7
            case 4:
                list.insert(next, at: place)
                array.insert(next, at: place)
            case 5 where place < array.count:
                #expect(list.remove(at: place) == array.remove(at: place))
            case 6:
                list.sort { ($0.date.dayNumber, $0.cents) < ($1.date.dayNumber, $1.cents) }
                array.sort { ($0.date.dayNumber, $0.cents) < ($1.date.dayNumber, $1.cents) }
            case 7 where step % 9 == 0:
                list.removeAll()
                array.removeAll()
            default: break
            }
            #expect(Array(list) == array && list.count == array.count)
            #expect(list.indices.map { list[$0] } == array && list.last == array.last)
            #expect(list == InvoicePayments(array) && list.isEmpty == array.isEmpty)
        }
    }

    @Test func ofOneLieInTheInvoice() {
        let one: InvoicePayments = [Self.payment(1)]
        #expect(one == [Self.payment(1)] && one != [Self.payment(2)] && one != [])
        #expect(one.hashValue == ([Self.payment(1)] as InvoicePayments).hashValue)
    }
}
