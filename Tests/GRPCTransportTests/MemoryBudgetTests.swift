// SPDX-License-Identifier: Apache-2.0

// Fair parts of a budget: who may have what while others ask.

import GRPCTransport
import Testing
import VigieLimits

@Suite("Budgets of memory") struct MemoryBudgetTests {
    private let budget = MemoryBudget(limit: 1_600, shares: 16)

    @Test("A connection that is alone may have all of it, and no more")
    func alone() {
        let account = BudgetAccount(budget)
        #expect(account.reserve(1_600))
        #expect(!account.reserve(1))
        #expect(budget.usedBytes == 1_600 && account.usedBytes == 1_600)
        account.release(1_600)
        #expect(budget.usedBytes == 0)
        #expect(!account.reserve(1_601) && !account.reserve(.max) && !account.reserve(-1))
        #expect(account.reserve(0))
        #expect(budget.usedBytes == 0)
    }

    @Test("As soon as there is another, two parts are kept free from those beyond theirs")
    func keepsRoom() {
        let greedy = BudgetAccount(budget)
        let other = BudgetAccount(budget)
        #expect(other.reserve(1))
        #expect(greedy.reserve(1_399))
        #expect(!greedy.reserve(1))
        #expect(other.reserve(99))
        #expect(!budget.isContended)
        // Beyond its part it is as greedy as the first.
        #expect(!other.reserve(1))
    }

    @Test("Who is beyond its part gets nothing while one within its part was refused")
    func contention() {
        let greedy = BudgetAccount(budget)
        let other = BudgetAccount(budget)
        #expect(greedy.reserve(1_590))
        #expect(!other.reserve(60))
        #expect(budget.isContended)
        greedy.release(100)
        #expect(!greedy.reserve(1))
        #expect(other.reserve(60))
    }

    @Test("It is asked to give up what is wanted, but not its own part")
    func shedding() {
        let greedy = BudgetAccount(budget)
        let other = BudgetAccount(budget)
        #expect(greedy.reserve(1_600))
        #expect(greedy.bytesToShed == 0)
        #expect(!other.reserve(70))
        #expect(greedy.bytesToShed == 70 && other.bytesToShed == 0)
        greedy.release(50)
        greedy.shed(50)
        #expect(greedy.bytesToShed == 20)
        greedy.release(1_450)
        #expect(greedy.bytesToShed == 0)
    }

    @Test("Next to nothing is there even when all is in use, up to a thirty-second of it")
    func small() {
        let greedy = BudgetAccount(budget)
        #expect(greedy.reserve(1_600))
        let others = (0..<5).map { _ in BudgetAccount(budget) }
        #expect(others.map { $0.reserve(12) } == [true, true, true, true, false])
        #expect(!others[0].reserve(1))
        greedy.release(1_600)
        #expect(budget.usedBytes == 48)
    }

    @Test("Next to nothing is as much as the limit says, whatever a part is")
    func smallHolding() {
        let small = TransportLimits().smallHoldingBytesMax
        let large = MemoryBudget(limit: 1_000 * small, shares: 16)
        let greedy = BudgetAccount(large)
        #expect(greedy.reserve(1_000 * small))
        let others = (0..<2).map { _ in BudgetAccount(large) }
        #expect(others[0].reserve(small))
        #expect(!others[1].reserve(small + 1))
    }

    @Test("What an account holds goes back with it")
    func accountsThatEnd() {
        for _ in 0..<100 {
            let account = BudgetAccount(budget)
            #expect(account.reserve(1_000))
        }
        #expect(budget.usedBytes == 0)
        // Nobody is counted as another by now.
        #expect(BudgetAccount(budget).reserve(1_600))
    }
}
