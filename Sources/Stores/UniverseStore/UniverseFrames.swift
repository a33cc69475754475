// SPDX-License-Identifier: Apache-2.0

// Frames of universes as they lie in the store; what is in them only others know.

package import Databases
internal import VigieLimits

extension DatabaseConnection {
    /// The frames that make a part of a block's inputs as of a load, in their order.
    package func inputFrames(
        ofBlock block: Int,
        _ part: InputPart,
        asOf load: Int
    ) throws(DatabaseError) -> [[UInt8]] {
        try all(
            """
            select content from universe_input
            where block = $1 and part = $2 and load_number <= $3 and load_number >= coalesce((
                select max(load_number) from universe_input
                where block = $1 and part = $2 and load_number <= $3 and is_key = 1), 0)
            order by load_number limit $4
            """,
            [
                .integer(block), .integer(part.rawValue), .integer(load),
                .integer(UniverseLimits.inputDeltaFrames + 1),
            ]
        ) { row throws(DatabaseError) in try row.bytes(0) }
    }

    /// The frames that make a block's results as of a run, in their order.
    ///
    /// - Parameter first: A run before that one, from which on they are wanted, too.
    package func scoreFrames(
        ofBlock block: Int,
        from first: Int? = nil,
        asOf run: Int
    ) throws(DatabaseError) -> [(run: Int, content: [UInt8])] {
        try all(
            """
            select run, content from universe_frame
            where block = $1 and run <= $2 and run >= coalesce((
                select max(run) from universe_frame
                where block = $1 and run <= $3 and is_key = 1), 0)
            order by run
            """,
            [.integer(block), .integer(run), .integer(first ?? run)]
        ) { row throws(DatabaseError) in (try row.integer(0), try row.bytes(1)) }
    }

    /// Keeps what a run found of a block.
    ///
    /// - Parameter between: What its model says of the inputs before, if another one scored them.
    package func keepScores(
        _ content: [UInt8],
        ofBlock block: Int,
        run: Int,
        isKey: Bool,
        between: [UInt8]?
    ) throws(DatabaseError) {
        _ = try execute(
            "insert into universe_frame (block, run, is_key, content) values ($1, $2, $3, $4)",
            [.integer(block), .integer(run), .integer(isKey ? 1 : 0), .bytes(content)]
        )
        guard let between else { return }
        _ = try execute(
            "insert into universe_between (block, run, content) values ($1, $2, $3)",
            [.integer(block), .integer(run), .bytes(between)]
        )
    }

    /// What a run's model says of the inputs before; nil where the same one scored those.
    package func between(ofBlock block: Int, run: Int) throws(DatabaseError) -> [UInt8]? {
        try first(
            "select content from universe_between where block = $1 and run = $2",
            [.integer(block), .integer(run)]
        ) { row throws(DatabaseError) in try row.bytes(0) }
    }

    /// The numbers of companies of a block; nil where it has none.
    package func keyFrame(ofBlock block: Int) throws(DatabaseError) -> [UInt8]? {
        try first("select content from universe_key where block = $1", [.integer(block)]) {
            row throws(DatabaseError) in try row.bytes(0)
        }
    }

    /// The blocks of a universe that may have a company, the last first.
    package func blocks(
        of universe: UniverseRecord,
        withKey key: Int
    ) throws(DatabaseError) -> [Int] {
        try all(
            """
            select block from universe_key
            where block >= $1 and block < $2 and least <= $3 and greatest >= $3 order by block desc
            """,
            [
                .integer(universe.blocks.lowerBound), .integer(universe.blocks.upperBound),
                .integer(key),
            ]
        ) { row throws(DatabaseError) in try row.integer(0) }
    }

    /// Keeps the numbers of companies of a block.
    ///
    /// - Parameter range: All of them are in it.
    package func keepKeys(
        _ content: [UInt8],
        in range: ClosedRange<Int>,
        ofBlock block: Int
    ) throws(DatabaseError) {
        _ = try execute(
            """
            insert into universe_key (block, least, greatest, content) values ($1, $2, $3, $4)
            on conflict (block) do update set least = excluded.least,
                greatest = excluded.greatest, content = excluded.content
            """,
            [
                .integer(block), .integer(range.lowerBound), .integer(range.upperBound),
                .bytes(content),
            ]
        )
    }
}
