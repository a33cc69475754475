// SPDX-License-Identifier: Apache-2.0

// Whose jobs are, what binds them, and how long they are there.

import Databases
import JobApplication
import JobStore
import PortfolioApplication
import Quantities
import TestDatabases
import Testing
import VigieLimits

@Suite struct JobLifeTests {
    @Test(arguments: TestDatabase.all)
    func jobsAreTheirOwners(_ kind: TestDatabase) throws {
        let house = JobHouse(kind)
        let anns = try house.open()
        try house.keep(0..<2, of: anns)
        #expect(
            house.refusal { _ = try house.jobs.job("nightly", from: 0, of: "bob") }
                == "UNKNOWN_JOB"
        )
        #expect(house.refusal { try house.jobs.forget("nightly", of: "bob") } == "UNKNOWN_JOB")
        // A gap tells that the job of this name is another one.
        #expect(house.refusal { _ = try house.open(from: 1, by: "bob") } == "JOB_GAP")
        let bobs = try house.open(by: "bob")
        #expect(bobs.number != anns.number && bobs.blockCount == 0)
        #expect(try house.jobs.list(of: "ann").map(\.job.blockCount) == [2])
        #expect(try house.jobs.list(of: "bob").map(\.job.blockCount) == [0])
        #expect(try house.jobs.list(of: "").isEmpty)
        try house.jobs.forget("nightly", of: "ann")
        #expect(try house.jobs.list(of: "bob").count == 1)
        #expect(house.refusal { try house.keep(2..<3, of: anns) } == "JOB_FORGOTTEN")
        // The same name begins anew.
        #expect(try house.open().blockCount == 0)
        #expect(try house.look(at: [JobHouse.block(0)], from: 0, of: house.open())[0].answer == nil)
    }

    @Test(arguments: TestDatabase.all)
    func anotherHeaderIsRefused(_ kind: TestDatabase) throws {
        let house = JobHouse(kind)
        _ = try house.open()
        for other in [
            try JobHouse.binding(kind: .assessments), try JobHouse.binding(models: "demo@2.0.0"),
            try JobHouse.binding(hashes: "bb"), try JobHouse.binding(columns: [2]),
            try JobHouse.binding(day: 20_001),
        ] {
            #expect(house.refusal { _ = try house.open("nightly", other) } == "JOB_OTHER_HEADER")
        }
        // Who names no day goes on with that of the job, tomorrow too.
        let tomorrow = try JobHouse.binding(day: 20_001)
        let open = try house.open("nightly", tomorrow, isForToday: true)
        #expect(open.day.dayNumber == 20_000)
    }

    @Test func badNamesAndNumbersAreRefused() throws {
        let house = JobHouse(.sqlite)
        let long = String(repeating: "x", count: JobLimits.jobIdentifierBytes)
        for id in ["", long + "x", "a b", "a\u{200B}b", "a\u{0}b", "é", "a/b", "\u{202E}a", "a\n"] {
            #expect(house.refusal { _ = try house.open(id) } == "BAD_JOB_ID")
        }
        _ = try house.open(long)
        for first in [-1, 1, .max, .min] {
            #expect(house.refusal { _ = try house.open(from: first) } == "JOB_GAP")
        }
        // A job that was refused at once is not there.
        #expect(try house.jobs.list(of: "ann").map(\.job.id) == [long])
    }

    @Test(arguments: TestDatabase.all)
    func aJobIsKeptForADay(_ kind: TestDatabase) throws {
        let house = JobHouse(kind)
        try house.pass(minutes: 2)
        let job = try house.open()
        try house.pass(minutes: 600)
        // Each block begins the day anew.
        try house.keep(0..<300, of: job)
        #expect(try house.jobs.list(of: "ann")[0].keptSeconds == 86_400)
        try house.pass(minutes: JobLimits.jobKeptMicroseconds / JobLimits.jobLookMicroseconds)
        #expect(try house.jobs.list(of: "ann").map(\.keptSeconds) == [0])
        try house.pass(minutes: 4)
        #expect(try house.jobs.list(of: "ann").isEmpty)
        #expect(house.refusal { try house.keep(300..<301, of: job) } == "JOB_FORGOTTEN")
        var steps = 0
        while try house.jobs.deleteSome() { steps += 1 }
        #expect(steps == 300 / JobLimits.jobSweptBlocks + 1)
        let left = try house.store.read { connection throws(DatabaseError) in
            .success(
                try ["job", "job_block"].map { table throws(DatabaseError) in
                    try connection.first("select count(*) from \(table)") {
                        row throws(DatabaseError) in try row.integer(0)
                    }
                }
            )
        }
        #expect(left == [0, 0])
    }

    @Test(arguments: TestDatabase.all)
    func clocksThatAreSetEndNoJobEarly(_ kind: TestDatabase) throws {
        let house = JobHouse(kind)
        try house.pass(minutes: 2)
        let (hour, day) = (3_600_000_000, 86_400_000_000)
        // Begun by a clock that is a month behind, then set right.
        house.set(by: -30 * day)
        try house.jobs.endOldJobs()
        _ = try house.open()
        house.set(by: 30 * day)
        try house.pass(minutes: 1_400)
        #expect(try house.jobs.list(of: "ann").count == 1)
        // Far ahead for a while, as a clock without a battery is: time moves on by a step.
        let kept = try house.jobs.list(of: "ann")[0].keptSeconds
        house.set(by: 10_000 * day)
        try house.jobs.endOldJobs()
        let step = JobLimits.jobStepMicroseconds / 1_000_000
        #expect(try house.jobs.list(of: "ann")[0].keptSeconds == kept - step)
        #expect(try house.jobs.list(of: "ann").count == 1)
        house.set(by: -10_000 * day)
        try house.jobs.endOldJobs()
        #expect(try house.jobs.list(of: "ann").count == 1)
        // No server for a week; and two whose clocks differ by a little.
        house.set(by: 7 * day)
        for _ in 0..<10 {
            house.set(by: hour / 60)
            try house.jobs.endOldJobs()
            house.set(by: hour / 12)
            try house.jobs.endOldJobs()
            house.set(by: -hour / 12)
        }
        #expect(try house.jobs.list(of: "ann").count == 1)
        try house.pass(minutes: 60)
        #expect(try house.jobs.list(of: "ann").isEmpty)
    }

    @Test func jobsAreLimited() throws {
        let house = JobHouse(.sqlite)
        for number in 0..<JobLimits.jobsOfOneMax { _ = try house.open("j\(number)") }
        #expect(house.refusal { _ = try house.open("more") } == "JOB_LIMIT")
        #expect(try house.open("j0").blockCount == 0)
        for owner in 1..<JobLimits.jobsMax / JobLimits.jobsOfOneMax {
            for number in 0..<JobLimits.jobsOfOneMax {
                _ = try house.open("j\(number)", by: "\(owner)")
            }
        }
        #expect(house.refusal { _ = try house.open("j", by: "last") } == "JOB_LIMIT")
        try house.jobs.forget("j1", of: "ann")
        _ = try house.open("j", by: "last")
    }
}
