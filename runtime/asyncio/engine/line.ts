// A line of those that wait: first come, first served, and any of them may leave. Linked through its members, so that
// it needs no built-in and no memory of its own; each change is one stretch without a call.

/** What can stand in a line, in only one at a time. */
export interface Member<Self> {
  before: Self | null;
  behind: Self | null;
  standing: boolean;
}

export class Line<T extends Member<T>> {
  first: T | null = null;
  size = 0;
  private last: T | null = null;

  /** Goes to the end. */
  add(member: T): void {
    const { last } = this;
    member.before = last;
    member.standing = true;
    if (last === null) this.first = member;
    else last.behind = member;
    this.last = member;
    this.size++;
  }

  /** Takes a member out of the line; false if it was not in it. */
  delete(member: T): boolean {
    if (!member.standing) return false;
    const { before, behind } = member;
    if (before === null) this.first = behind;
    else before.behind = behind;
    if (behind === null) this.last = before;
    else behind.before = before;
    member.before = null;
    member.behind = null;
    member.standing = false;
    this.size--;
    return true;
  }
}
