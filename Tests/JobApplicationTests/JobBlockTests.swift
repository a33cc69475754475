// SPDX-License-Identifier: Apache-2.0

// Blocks are answered once, and given again as they were answered.

import Databases
import JobApplication
import JobStore
import PortfolioApplication
import TestDatabases
import Testing
import VigieLimits

@Suite struct JobBlockTests {
    @Test(arguments: TestDatabase.all)
    func whatIsKeptIsGivenAgain(_ kind: TestDatabase) throws {
        let house = JobHouse(kind)
        let job = try house.open()
        #expect(try house.look(at: [JobHouse.block(0)], from: 0, of: job)[0].answer == nil)
        #expect(try house.keep(0..<3, of: job) == (0..<3).map(JobHouse.answer))
        let again = try house.open(from: 1)
        #expect(again.blockCount == 3 && again.number == job.number)
        let looked = try house.look(at: (1..<5).map(JobHouse.block), from: 1, of: again)
        #expect(looked.map(\.answer) == [JobHouse.answer(1), JobHouse.answer(2), nil, nil])
        try house.keep(3..<20, of: again)
        let record = try house.jobs.job("nightly", from: 0, of: "ann").job
        #expect(record.blockCount == 20 && record.rowCount == 200 && record.byteCount > 0)
        var (fetched, pages): ([[UInt8]], Int) = ([], 0)
        while fetched.count < 20 {
            fetched += try house.jobs.answers(from: fetched.count, of: record)
            pages += 1
        }
        #expect(fetched == (0..<20).map(JobHouse.answer))
        #expect(pages == (20 + JobLimits.jobLookedBlocks - 1) / JobLimits.jobLookedBlocks)
    }

    @Test(arguments: TestDatabase.all)
    func twoStreamsAtOnceKeepEachBlockOnce(_ kind: TestDatabase) throws {
        let house = JobHouse(kind)
        let (one, other) = (try house.open(), try house.open())
        try house.keep(0..<4, of: one)
        // Scored by both: what was kept first holds.
        #expect(try house.keep(0..<6, of: other) == (0..<6).map(JobHouse.answer))
        try house.keep(4..<7, of: one)
        #expect(try house.jobs.job("nightly", from: 0, of: "ann").job.blockCount == 7)
    }

    @Test(arguments: TestDatabase.all)
    func changedBlocksAreRefused(_ kind: TestDatabase) throws {
        let house = JobHouse(kind)
        let (one, other) = (try house.open(), try house.open())
        // Two streams look before either keeps: the second finds out when it keeps.
        let changed = AnsweredBlock(
            number: 1,
            digest: try house.look(at: [[9]], from: 1, of: other)[0].digest,
            rowCount: 10,
            answer: [1]
        )
        try house.keep(0..<2, of: one)
        #expect(
            house.refusal { _ = try house.jobs.keep([changed], of: other) }
                == "JOB_BLOCK_CHANGED"
        )
        #expect(
            house.refusal { _ = try house.look(at: [[9]], from: 1, of: one) }
                == "JOB_BLOCK_CHANGED"
        )
        // Those before it are answered.
        let looked = try house.look(at: [JobHouse.block(0), [9]], from: 0, of: one)
        #expect(looked.map(\.answer) == [JobHouse.answer(0)])
        #expect(try house.jobs.job("nightly", from: 0, of: "ann").job.blockCount == 2)
    }

    @Test(arguments: TestDatabase.all)
    func fewAnswersAreReadAtATime(_ kind: TestDatabase) throws {
        let house = JobHouse(kind)
        let job = try house.open()
        let long = [UInt8](repeating: 5, count: JobLimits.jobReadBytes / 2 + 1)
        let blocks = try (0..<3).map { number in
            AnsweredBlock(
                number: number,
                digest: try house.digest(number, of: job),
                rowCount: 1,
                answer: long
            )
        }
        _ = try house.jobs.keep(blocks, of: job)
        let record = try house.jobs.job("nightly", from: 0, of: "ann").job
        #expect(try house.jobs.answers(from: 0, of: record) == [long])
        let looked = try house.look(at: (0..<3).map(JobHouse.block), from: 0, of: job)
        #expect(looked.map(\.answer) == [long])
        try house.jobs.forget("nightly", of: "ann")
        while try house.jobs.deleteSome() {}
        // A fetch that is under way hears of it.
        #expect(
            house.refusal { _ = try house.jobs.answers(from: 1, of: record) } == "JOB_FORGOTTEN"
        )
    }

    @Test(arguments: TestDatabase.all)
    func damagedAnswersAreTold(_ kind: TestDatabase) throws {
        let house = JobHouse(kind)
        let job = try house.open()
        try house.keep(0..<1, of: job)
        try house.store.write { connection throws(DatabaseError) in
            _ = try connection.execute("update job_block set content = $1", [.bytes([1, 2, 3])])
            return .success(())
        }
        #expect(
            house.refusal { _ = try house.look(at: [JobHouse.block(0)], from: 0, of: job) }
                == "DAMAGED_BLOCK"
        )
    }

    @Test(arguments: TestDatabase.all)
    func limitsAreNamed(_ kind: TestDatabase) throws {
        let house = JobHouse(kind)
        let job = try house.open()
        func set(_ column: String, _ value: Int) throws {
            try house.store.write { connection throws(DatabaseError) in
                _ = try connection.execute("update job set \(column) = $1", [.integer(value)])
                return .success(())
            }
        }
        func refused(_ numbers: Range<Int>) -> String? {
            do { try house.keep(numbers, of: job) } catch { return "\(error)" }
            return nil
        }
        let blocks = JobLimits.jobBlocksMax
        try set("block_count", blocks)
        #expect(refused(blocks..<blocks + 1)?.contains("jobBlocksMax") == true)
        try set("block_count", 0)
        try set("byte_count", JobLimits.jobBytesMax)
        #expect(refused(0..<1)?.contains("jobBytesMax") == true)
        // Those of all are looked at when the job has grown by some.
        let other = try house.open("other")
        #expect(try house.keep(0..<1, of: other).count == 1)
        let almost = JobLimits.jobGrowthBytes - 1
        try set("byte_count", almost)
        try house.store.write { connection throws(DatabaseError) in
            _ = try connection.execute(
                "update job set byte_count = $1 where id = 'nightly'",
                [.integer(JobLimits.allJobsBytesMax)]
            )
            return .success(())
        }
        let error = house.refusal { try house.keep(1..<2, of: other) }
        #expect(error == "JOB_LIMIT")
        #expect(house.refusal { _ = try house.open("third") } == "JOB_LIMIT")
    }
}
