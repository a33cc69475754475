// SPDX-License-Identifier: Apache-2.0

// Runs over what arrived: of those companies alone, once, whatever clocks say and whoever restarts.

import Databases
import PortfolioStore
import Quantities
import Rescoring
import TestDatabases
import Testing
import VigieLimits

@Suite struct ArrivalTests {
    private func planned(
        _ store: RescoredStore,
        _ assessor: MadeUpAssessor = MadeUpAssessor()
    ) throws -> Int? {
        let day = CalendarDate(secondsSince1970: Int64(store.now / 1_000_000))
        return try store.store.planArrivalRun(asOf: day, by: assessor.model)
    }

    @Test(arguments: TestDatabase.all)
    func areOfTheCompaniesConcerned(_ kind: TestDatabase) throws {
        let store = try RescoredStore(kind)
        store.set(day: 0)
        #expect(try planned(store) == nil)
        try store.know(1, .statement, day: -9, [50])
        try store.know(70_000, .statement, day: -9, [50])
        try store.know(4, .statement, day: -9, [50])
        let run = try #require(try planned(store))
        let hearer = Hearer()
        try store.work(MadeUpAssessor(), [hearer])
        #expect(try store.scores() == [1: 148, 70_000: 148])
        #expect(try store.run(run)?.companyCount == 2)
        #expect(hearer.blocks.map(\.companies.count) == [1, 1])
        // Nothing new: nothing to do, also for a server that has just started.
        store.set(day: 0, second: 60)
        #expect(try planned(store) == nil)
        // What is in no portfolio makes no run.
        try store.know(4, .statement, day: -8, [50])
        #expect(try planned(store) == nil)
        #expect(
            try !store.write { connection throws(DatabaseError) in
                try connection.haveFactsArrived()
            }
        )
        // What a run over all companies sees is not done once more.
        try store.know(2, .statement, day: -8, [50])
        try store.plan()
        #expect(try planned(store) == nil)
        try store.work()
        // What comes behind it is.
        try store.know(2, .event, day: 0, [1], source: "seat_moved")
        let next = try #require(try planned(store))
        try store.work(MadeUpAssessor(), [hearer])
        #expect(try store.run(next)?.companyCount == 1)
        #expect(hearer.last(2)?.legalEvents == ["seat_moved"])
    }

    @Test(arguments: TestDatabase.all)
    func comeAtMostEverySomeSeconds(_ kind: TestDatabase) throws {
        let store = try RescoredStore(kind)
        store.set(day: 0)
        try store.know(1, .statement, day: -9, [50])
        let first = try #require(try planned(store))
        try store.know(2, .statement, day: -9, [50])
        // Not before the last one is done, nor within five seconds of it (arrivalMicroseconds).
        store.set(day: 0, second: 60)
        #expect(try planned(store) == nil)
        try store.work()
        store.set(day: 0, second: 4)
        #expect(try planned(store) == nil)
        store.set(day: 0, second: RescoringLimits.arrivalMicroseconds / 1_000_000)
        #expect(try planned(store) == first + 1)
        try store.work()
        #expect(try store.scores() == [1: 148, 2: 148])
    }

    @Test(arguments: TestDatabase.all)
    func seeMoreThanTheyLookAtInSeveral(_ kind: TestDatabase) throws {
        let store = try RescoredStore(kind)
        store.set(day: 0)
        let count = StoreLimits.arrivalFactsMax + 1
        try store.write { connection throws(DatabaseError) in
            var place = 0
            _ = try FactImport(.add, nowMicroseconds: store.now).run(connection) {
                () throws(DatabaseError) -> CompanyFact? in
                guard place < count else { return nil }
                place += 1
                let bytes = [UInt8(place >> 16), UInt8(place >> 8 & 255), UInt8(place & 255)]
                return CompanyFact(
                    place < count ? 1 : 3,
                    .event,
                    day: firstDay,
                    source: "e",
                    content: bytes
                )
            }
        }
        #expect(try planned(store) != nil)
        try store.work()
        #expect(try store.scores() == [1: nil])
        store.set(day: 0, second: 9)
        #expect(try planned(store) != nil)
        try store.work()
        #expect(try store.scores() == [1: nil, 3: nil])
    }

    @Test(arguments: TestDatabase.all)
    func aClockThatWasSetBackLosesNothing(_ kind: TestDatabase) throws {
        let store = try RescoredStore(kind)
        store.set(day: 2)
        try store.know(1, .statement, day: -9, [50])
        try store.plan()
        try store.work()
        // The day before, as far as the clock knows.
        store.set(day: 1)
        try store.know(1, .event, day: -1, [9], source: "closed_paid")
        store.set(day: 2, second: 30)
        let hearer = Hearer()
        #expect(try planned(store) != nil)
        try store.work(MadeUpAssessor(), [hearer])
        #expect(hearer.last(1)?.legalEvents == ["closed_paid"])
        #expect(hearer.last(1)?.now.cause == .dataArrived)
        // And a run is not before what it is to see.
        store.set(day: 3)
        try store.know(2, .statement, day: -9, [50])
        store.set(day: 2, second: 60)
        try store.plan(.requested)
        try store.work(MadeUpAssessor(), [hearer])
        #expect(try store.scores()[2] == .some(nil))
        store.set(day: 3, second: 9)
        try store.plan()
        try store.work()
        #expect(try store.scores()[2] == 147)
    }

    @Test(arguments: TestDatabase.all)
    func areOfTheModelThatScoredLast(_ kind: TestDatabase) throws {
        let store = try RescoredStore(kind)
        store.set(day: 0)
        try store.plan()
        try store.work()
        // A server with a new model has begun; the old one leaves what arrives to it.
        let other = MadeUpAssessor.other(points: 1)
        store.set(day: 0, second: 10)
        try store.know(1, .statement, day: -9, [50])
        #expect(try planned(store, other) != nil)
        try store.work(other)
        store.set(day: 0, second: 20)
        try store.know(1, .statement, day: -8, [50])
        #expect(try planned(store) == nil)
        // Unless that one is heard of no more (forgottenMicroseconds).
        store.set(day: 0, second: 3_611)
        #expect(try planned(store) != nil)
    }

    @Test(arguments: TestDatabase.all)
    func forgottenRunsEnd(_ kind: TestDatabase) throws {
        let store = try RescoredStore(kind)
        let other = MadeUpAssessor.other(points: 1)
        store.set(day: 0)
        let run = try store.plan(by: other)
        func forget() throws { try store.store.failForgottenRuns(except: MadeUpAssessor().model) }
        try forget()
        #expect(try store.run(run)?.state == .open)
        // An hour later (forgottenMicroseconds), unless somebody works on it.
        store.set(day: 0, second: 3_601)
        let worker = try store.write { connection throws(DatabaseError) in
            try connection.takeBlock("a", nowMicroseconds: store.now)
        }
        try forget()
        #expect(try store.run(run)?.state == .open)
        try store.write { connection throws(DatabaseError) in
            if let worker { try connection.giveBack(worker) }
        }
        try forget()
        #expect(try store.run(run)?.state == .failed)
        try store.plan()
        try store.work()
        #expect(try store.scores().count == 4)
    }
}
