"""The PowerVM plug-in for stock OpenStack services.

It holds no PowerVM knowledge: it turns Nova's objects into documented JSON, calls the compute daemon over a Unix
socket, and turns answers and errors back.
"""

__version__ = '0.1.0'
