// SPDX-License-Identifier: Apache-2.0

// Tables and configurations, without a server.

import Testing
import VigieClient

@Suite struct ValueTests {
    @Test func aTableTakesOnlyRowsThatFit() throws {
        var table = FeatureTable(columns: ["a", "b"])
        try table.append(row: [1, nil])
        try table.append(values: [Float(1), 2])
        try table.append(values: [3.5, .nan])
        #expect(table.rowCount == 3 && table.columnCount == 2)
        for row in [[], [1], [1, 2, 3]] as [[Double?]] {
            let error = #expect(throws: VigieError.self) { try table.append(row: row) }
            #expect(error?.reason == VigieError.ClientReason.invalidTable)
        }
        #expect(table.rowCount == 3)
        table.removeAllRows()
        #expect(table.rowCount == 0)
    }

    @Test(arguments: [-1, 0, 1, 3, Int.max, Int.min])
    func aWrongRowCountIsRefused(rowCount: Int) {
        #expect(throws: VigieError.self) {
            try FeatureTable(columns: ["a", "b"], rowCount: rowCount, floatValues: [1, 2, 3, 4])
        }
        #expect(throws: VigieError.self) {
            try FeatureTable(columns: ["a", "b"], rowCount: rowCount, doubleValues: [1, 2, 3, 4])
        }
    }

    @Test func withoutNamesTheFirstRowSaysHowManyColumnsThereAre() throws {
        var table = FeatureTable()
        try table.append(row: [1, 2, 3])
        #expect(table.columnCount == 3)
        #expect(throws: VigieError.self) { try table.append(row: [1, 2]) }
        let bulk = try FeatureTable(columns: [], rowCount: 2, floatValues: [1, 2, 3, 4])
        #expect(bulk.columnCount == 2)
        #expect(throws: VigieError.self) {
            try FeatureTable(columns: [], rowCount: 3, floatValues: [1, 2, 3, 4])
        }
    }
}
