package io.meridian.architecture.planted.log;

import io.netty.buffer.ByteBuf;

record KnowsNetty(ByteBuf frame) {}
