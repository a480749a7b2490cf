"""What people read in place of the fixed words of records: kinds, statuses, commitments, comparators.

Rhythms are told by `speechmine.exporting.periods.rhythm`.
"""

from collections.abc import Mapping

from speechmine.records import Comparator, GoalCommitment, MechanismKind, Status

KINDS: Mapping[MechanismKind, str] = {
    "cadence": "周期", "responsibility": "责任", "ledger": "台账", "assessment": "考核", "coordination": "协调",
    "supervision": "督查", "formula": "工作法",
}  # fmt: skip
STATUSES: Mapping[Status, str] = {"in-force": "已实行", "required": "要求实行", "proposed": "拟实行"}
GOAL_COMMITMENTS: Mapping[GoalCommitment, str] = {
    "ensure": "确保", "strive": "力争", "plan": "计划", "expect": "预期",
}  # fmt: skip
BOUNDS: Mapping[Comparator, str] = {"=": "等于", ">=": "不低于", "<=": "不超过", "~": "约"}
