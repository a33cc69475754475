// SPDX-License-Identifier: Apache-2.0

// The answers to blocks of jobs, as they lie in the store.

package import Databases
internal import VigieLimits

/// What is known of a block that was answered, beside the answer.
package struct JobBlockMark: Sendable, Equatable {
    /// Its number within the job, from 0 on.
    package let number: Int
    /// SHA-256 of the block as it came.
    package let digest: [UInt8]
    /// Bytes of its answer.
    package let unpackedBytes: Int
}

/// An answered block on its way into the store.
package struct JobBlockRecord: Sendable {
    package let number: Int
    package let digest: [UInt8]
    package let rowCount: Int
    package let unpackedBytes: Int
    package let content: [UInt8]

    /// Makes one.
    ///
    /// - Parameters:
    ///   - digest: SHA-256 of the block as it came.
    ///   - unpackedBytes: Bytes of its answer.
    ///   - content: The answer, packed.
    package init(
        number: Int,
        digest: [UInt8],
        rowCount: Int,
        unpackedBytes: Int,
        content: [UInt8]
    ) {
        (self.number, self.digest, self.rowCount) = (number, digest, rowCount)
        (self.unpackedBytes, self.content) = (unpackedBytes, content)
    }
}

extension DatabaseConnection {
    /// What is known of those of some blocks that were answered, in their order.
    package func jobBlockMarks(
        _ blocks: Range<Int>,
        ofJob job: Int
    ) throws(DatabaseError) -> [JobBlockMark] {
        try all(
            """
            select block, digest, unpacked_bytes from job_block
            where job = $1 and block >= $2 and block < $3 order by block
            """,
            [.integer(job), .integer(blocks.lowerBound), .integer(blocks.upperBound)]
        ) { row throws(DatabaseError) in
            JobBlockMark(
                number: try row.integer(0),
                digest: try row.bytes(1),
                unpackedBytes: try row.integer(2)
            )
        }
    }

    /// The answer to a block, packed; nil for one that was not answered.
    package func jobAnswer(_ block: Int, ofJob job: Int) throws(DatabaseError) -> [UInt8]? {
        try first(
            "select content from job_block where job = $1 and block = $2",
            [.integer(job), .integer(block)]
        ) { row throws(DatabaseError) in try row.bytes(0) }
    }

    /// Keeps the answers to the next blocks of a job, which the transaction has touched before.
    package func keepJobBlocks(
        _ blocks: [JobBlockRecord],
        ofJob job: Int
    ) throws(DatabaseError) {
        for block in blocks {
            _ = try execute(
                """
                insert into job_block (job, block, digest, row_count, unpacked_bytes, content)
                values ($1, $2, $3, $4, $5, $6)
                """,
                [
                    .integer(job), .integer(block.number), .bytes(block.digest),
                    .integer(block.rowCount), .integer(block.unpackedBytes), .bytes(block.content),
                ]
            )
        }
        _ = try execute(
            """
            update job set block_count = block_count + $2, row_count = row_count + $3,
                byte_count = byte_count + $4 where number = $1
            """,
            [
                .integer(job), .integer(blocks.count),
                .integer(blocks.reduce(0) { $0 + $1.rowCount }),
                .integer(blocks.reduce(0) { $0 + $1.content.count }),
            ]
        )
    }
}
