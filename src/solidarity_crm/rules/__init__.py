"""Pure decisions, told what day it is: nothing here reads a clock, a file or the store."""
